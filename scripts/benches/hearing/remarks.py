"""Short things that are said in a home and are no command: none may be acted on. Kept apart like the voices."""

TUNING_REMARKS = (
    "dinner is ready", "what time is it", "where are my glasses", "the phone is ringing", "come here", "good morning",
    "it's raining", "thank you", "who is that", "not today", "close the door", "look at that", "I don't know",
    "see you later", "how are you", "nice weather", "the kettle is on", "my tea is cold", "that was easy", "oh dear",
    "where is the cat", "is it Monday", "turn off the light", "what a shame", "here we go", "over there", "very good",
    "let me see", "call me tomorrow", "what a mess", "the door bell", "more coffee", "it works", "it stopped raining",
    "in the kitchen", "on the table", "left or right", "nothing at all", "that's it", "the bus is late",
)  # fmt: skip
TEST_REMARKS = (
    "lunch is ready", "where are my keys", "somebody is at the door", "good evening", "it's cold in here", "no idea",
    "you are welcome", "who was that", "maybe tomorrow", "open the window", "look out", "I forgot", "see you on Sunday",
    "how is your mother", "lovely day", "the soup is hot", "my hands are cold", "that was hard work", "oh my goodness",
    "where is the dog", "is it Friday", "turn off the radio", "it doesn't matter", "off we go", "the mail is here",
    "well done", "let me think", "call me back", "what a day", "the washing machine", "more milk please", "it broke",
    "stop that noise", "in the garden", "on the chair", "up or down", "nobody knows", "that's all", "is that you",
    "next week",
)  # fmt: skip

# Longer talk between other people, or from a radio: what must not be taken for a command either.
TUNING_TALK = (
    "I told her that we would come over on Saturday, if the weather stays as it is.",
    "Have you seen the letter from the insurance, it was on the desk yesterday.",
    "The bus stops right in front of the library, and then you walk up the hill.",
    "We should really paint the fence next year, it looks so old.",
    "He said it hurts him that nobody ever asks, and I can understand that.",
    "After a short pause the orchestra went on with the second part.",
)
TEST_TALK = (
    "My sister called this morning, she wants to visit us over the long weekend.",
    "In the afternoon there will be showers in the north, and it will be dry in the south.",
    "You can take the soup off the stove now, I think it has been long enough.",
    "The train stops at every village, so we had better take the next one.",
    "They have repeated that film so many times, I could play it by heart.",
    "I am done with the newspaper, you can have it when you are ready.",
    "Could you please bring some bread and a little more butter from the shop.",
    "We went back to the same hotel, and the view was as lovely as before.",
    "Number seven is leading now, but there are still two rounds to go.",
    "It was much too loud in that restaurant, one could hardly talk.",
    "Yes, of course, I will be there at three, no problem at all.",
    "She hurt her knee on the stairs, but it is getting better from day to day.",
    "Let us take a break here and look at the map, I am not sure where we are.",
    "The next morning he continued his journey along the coast.",
    "Turn left at the church, and then it is the second house on the other side.",
    "I need more time for that, can we talk about it tomorrow.",
)
