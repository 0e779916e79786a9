"""Why a risk is what it is: reasons, causes and the nearest change, in words."""
