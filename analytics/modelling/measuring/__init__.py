"""How well risks rank and how true they are, with intervals: functions of outcomes and risks."""
