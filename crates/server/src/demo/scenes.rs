//! Short exchanges as patients and practitioners write them. A conversation strings several together.

/// Who says a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Patient,
    Practitioner,
    /// The patient, marked urgent.
    PatientUrgently,
}

use Says::{Patient as P, PatientUrgently as U, Practitioner as D};

pub(super) type Scene = &'static [(Says, &'static str)];

pub(super) const SCENES: &[Scene] = &[
    &[
        (
            P,
            "Good morning. Since I started the new tablets I feel dizzy when I stand up, mostly in the mornings.",
        ),
        (P, "It passes after a minute or two."),
        (
            D,
            "Thank you for telling me. That can happen in the first weeks. Could you measure your blood pressure lying down and again after standing for a minute, three mornings in a row, and write the numbers here?",
        ),
        (P, "Yes, I will start tomorrow."),
        (P, "Lying 128/79, standing 112/70. Second day 131/80 and 115/72. Today 127/78 and 118/74."),
        (
            D,
            "These look better than I feared. Keep the evening dose, halve the morning one, and stand up in two steps.",
        ),
        (P, "That is a relief 😊"),
    ],
    &[
        (
            D,
            "Your blood results are back. Everything is within range except your ferritin, which is a little low.",
        ),
        (P, "Is that why I am so tired?"),
        (
            D,
            "It may well be. I would like you to take one iron tablet every second day, on an empty stomach, with a glass of orange juice rather than coffee or tea.",
        ),
        (D, "We check again in eight weeks."),
        (P, "OK! I will take it with juice 🍊"),
    ],
    &[
        (P, "Could I get a repeat prescription for my inhaler? I have about ten puffs left."),
        (D, "I have sent it to your usual pharmacy. It should be ready after 15:00."),
        (P, "Thank you, doctor."),
    ],
    &[
        (
            P,
            "I have to move my appointment on Thursday, my daughter's school called. Is there anything free early next week?",
        ),
        (D, "Monday 9:20 or Tuesday 16:40?"),
        (P, "Tuesday 16:40 please"),
        (D, "Booked. See you on Tuesday."),
        (P, "👍"),
    ],
    &[
        (P, "The wound looks a bit red around the stitches. Not hot, no pus, just red. Should I worry?"),
        (
            D,
            "A narrow red edge is normal on the third day. Please draw a line around it with a pen. If the redness passes the line, if it gets warm or you have a fever, call us at once.",
        ),
        (P, "Good idea with the pen. Done."),
        (P, "It has not passed the line, and it looks paler today."),
        (D, "Exactly what we want. Stitches come out on Friday."),
    ],
    &[
        (
            U,
            "My temperature is 39.2 since last night and the cough is much worse. I find it hard to take a deep breath.",
        ),
        (
            D,
            "Please come in today at 11:15. If the breathing gets worse before that, or your lips turn bluish, call the emergency number and do not wait for us.",
        ),
        (P, "I am on my way, my son is driving."),
        (D, "Good. Tell reception that I am expecting you."),
        (P, "Home again. The antibiotic is already bought. Thank you for taking me in so quickly."),
    ],
    &[
        (D, "How did the exercises go this week?"),
        (
            P,
            "The first two were easy. The one on the step still hurts on the outside of the knee, about 4 of 10.",
        ),
        (
            D,
            "Then make the step half as high and do two sets of eight instead of three of twelve. A little ache is fine, sharp pain is not.",
        ),
        (P, "Half a step it is 🙂"),
        (P, "Much better! 2 of 10 and gone after an hour."),
        (D, "Excellent. Same again next week, then we add weight."),
    ],
    &[
        (P, "Quick question: can I take ibuprofen with the blood pressure tablets? I have a headache."),
        (
            D,
            "Please take paracetamol instead, at most 1 g every six hours. Ibuprofen can raise your pressure and works against your tablets.",
        ),
        (P, "Glad I asked."),
    ],
    &[
        (P, "My sugar in the mornings: 7.1, 6.8, 7.4, 6.9, 8.2 (birthday cake…), 7.0, 6.7"),
        (D, "One birthday is allowed 🎂 The rest is a clear step forward. Last month your average was 8.3."),
        (D, "Please keep walking after dinner, it shows."),
        (P, "Half an hour every evening with the dog. He is happy too."),
    ],
    &[
        (D, "A reminder: please book a blood test before we meet, fasting, at least two days ahead."),
        (P, "Fasting means also no coffee?"),
        (D, "Also no coffee, I am afraid. Water is fine."),
        (P, "That will be the hardest part."),
    ],
    &[
        (P, "I slept through for the first time in months!"),
        (
            D,
            "I am very glad to read that. Keep the fixed time for getting up, also at the weekend, and stay away from the clock at night.",
        ),
        (P, "I have turned it to the wall."),
    ],
    &[
        (P, "Bom dia doutora, a minha mãe pergunta se pode tomar o xarope junto com os comprimidos novos."),
        (D, "Bom dia! Sim, pode. Só não ao mesmo tempo: o xarope de manhã, os comprimidos à noite."),
        (P, "Obrigada! 🙏"),
    ],
    &[
        (
            P,
            "The referral letter says „Dr. Österreicher, 4th floor“, but the hospital told me that department has moved. Do you know where I have to go?",
        ),
        (
            D,
            "They moved to building C, second floor, in October. I will have the letter corrected. Your appointment stays as it is: 14 December, 8:45. Please bring the old X-rays if you still have them, your list of medicines, and somebody who can drive you home, because the drops they put into your eyes blur your sight for about four hours.",
        ),
        (P, "Building C, second floor, X-rays, list, driver. Got it, thank you!"),
    ],
    &[
        (
            D,
            "I looked at the photo of your forearm. This is a contact reaction, not an infection. Did you use a new soap or wear a new watch strap?",
        ),
        (P, "New watch strap! Two weeks ago."),
        (D, "Leave it off for ten days and use the cream twice a day, thinly."),
        (P, "It is almost gone."),
        (D, "Case closed ⌚"),
    ],
    &[
        (P, "Is it normal that the baby kicks less in the evening?"),
        (
            D,
            "Patterns change around the 30th week. Lie on your left side after a meal and count: ten movements within two hours is fine. Fewer than that, or you simply feel uneasy: come in, day or night. You never have to apologise for coming.",
        ),
        (P, "Fourteen in forty minutes. Somebody was just asleep 😄"),
        (D, "Wonderful."),
    ],
    &[
        (P, "Dziękuję za wszystko, pani doktor. Mąż czuje się dużo lepiej."),
        (D, "To bardzo dobra wiadomość. Proszę go pozdrowić!"),
    ],
    &[
        (P, "I forgot my evening tablet yesterday. Take two today?"),
        (D, "No, just go on as usual with one."),
        (P, "ok thanks"),
    ],
    &[
        (
            D,
            "Your scan shows no fracture. What you feel is the bruised bone, and that takes patience: four to six weeks.",
        ),
        (P, "Six weeks 😩 May I ride my bicycle?"),
        (D, "From next week on, on flat ground, if it does not hurt while you do it or the morning after."),
        (P, "Deal."),
    ],
];
