"""Short things that are said in a home and are no command: none may be acted on. Kept apart like the voices."""

TUNING_REMARKS = (
    "dinner is ready", "what time is it", "where are my glasses", "the phone is ringing", "come here", "good morning",
    "it's raining", "thank you", "who is that", "not today", "close the door", "look at that", "I don't know",
    "see you later", "how are you", "nice weather", "the kettle is on", "my tea is cold", "that was easy", "oh dear",
    "where is the cat", "is it Monday", "turn off the light", "never mind", "here we go", "just a moment", "very good",
    "let me see", "call me tomorrow", "what a mess", "the door bell", "more coffee", "it works", "stop it",
    "in the kitchen", "on the table", "left or right", "nothing at all", "that's it", "what was that",
)  # fmt: skip
TEST_REMARKS = (
    "lunch is ready", "where are my keys", "somebody is at the door", "good evening", "it's cold in here", "no idea",
    "you are welcome", "who was that", "maybe tomorrow", "open the window", "look out", "I forgot", "see you on Sunday",
    "how is your mother", "lovely day", "the soup is hot", "my hands are cold", "that was hard work", "oh my goodness",
    "where is the dog", "is it Friday", "turn off the radio", "it doesn't matter", "off we go", "wait a minute",
    "well done", "let me think", "call me back", "what a day", "the washing machine", "more milk please", "it broke",
    "stop that noise", "in the garden", "on the chair", "up or down", "nobody knows", "that's all", "what did you say",
    "next week",
)  # fmt: skip
