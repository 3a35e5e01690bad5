"""What leaves the house: the physiotherapist's report, a calendar, other apps' training logs. Nothing is sent."""
