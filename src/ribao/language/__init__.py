"""What ribao knows of Chinese and English, and nothing about news."""
