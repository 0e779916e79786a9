"""What guards the app: headers, content policy, origin check, plain errors."""
