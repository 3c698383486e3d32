import type { Audience, HelpPage } from "./help-page.ts";

export const helpEn: Readonly<Record<Audience, HelpPage>> = {
	children: {
		title: "For you, if you are a child",
		lead: "Did something online scare you or make you sad? It is not your fault. You can get help.",
		sections: [
			{
				title: "What no adult may do",
				lines: [
					"Make friends with you and tell you to keep it secret from your parents.",
					"Ask you for private pictures, or show you such pictures.",
					"Say they will show your picture to others, to get money or more pictures.",
					"Ask you to meet them alone.",
				],
			},
			{
				title: "What you can do now",
				lines: [
					"Stop the chat. You do not have to answer.",
					"Do not pay. Do not send more pictures. They would ask for more.",
					"Do not delete the chat. Write down the name of the account, the day and the time.",
					"Block them.",
					"Tell an adult you trust: a parent, a teacher, an aunt or uncle.",
					"In Vietnam, call 111. It is free, day and night. They listen to you.",
				],
			},
			{
				title: "Your own picture is online",
				lines: [
					"It is not your fault, even if you sent it yourself.",
					"Press “Report” here and say on which page it is. You do not send the picture to anyone.",
					"People here will try to have it taken down.",
				],
			},
			{
				title: "If you are in danger",
				lines: ["Call 113 or 111 at once. Go to a place with adults you trust."],
			},
		],
	},
	parents: {
		title: "For parents",
		lead: "Your child told you, so your child trusts you. First: stay calm, and say thank you for telling.",
		sections: [
			{
				title: "Talk with your child",
				lines: [
					"“This is not your fault.” Say this first.",
					"Listen to the end. Do not blame. Do not take the phone away, or your child will stop telling you.",
					"Ask who, where and when. Write it down.",
				],
			},
			{
				title: "Signs to look for",
				lines: [
					"Your child hides the phone, stays up late, or jumps when a message comes.",
					"Your child has gifts or money and does not say from whom.",
					"Your child is sad, does not eat, stays away from school, or fears someone.",
				],
			},
			{
				title: "What to do",
				lines: [
					"Keep the messages, the name of the account and the address of the page. Delete nothing.",
					"Do not save or send pictures of the child. To keep them is against the law.",
					"Do not pay anyone who makes threats. They would ask again.",
					"Block the person, together with your child.",
					"Report it here and call 111. If your child is in danger, call 113.",
				],
			},
			{
				title: "Have a picture taken down",
				lines: [
					"Press “Report”, choose “A child’s private picture that was put online”, and fill in the address of the page.",
					"Nobody needs the picture from you. Nobody may ask for money to take it down.",
				],
			},
		],
	},
	teachers: {
		title: "For teachers",
		lead: "A child chose to tell you. How you listen today decides if the child will ask for help again.",
		sections: [
			{
				title: "When a child tells you",
				lines: [
					"Find a quiet place. Listen. Do not press, and do not promise to keep it secret.",
					"Say: “It is not your fault. I will help you.”",
					"Write down the words of the child as they were said, with the day and time.",
					"Do not look at, copy or pass on pictures of the child.",
				],
			},
			{
				title: "You must tell at once",
				lines: [
					"In Vietnam the law asks all who learn of abuse to tell 111, the police or the local office at once.",
					"Tell the head of your school, too. Do not try to find out more by yourself.",
					"Report the page or the account here, so that it is taken down.",
				],
			},
			{
				title: "A picture goes round in class",
				lines: [
					"Ask them to stop and to delete it. Do not look through their phones.",
					"Do not name the child in front of the class.",
					"Teach them: to pass a picture on hurts the child again, and is against the law.",
				],
			},
			{
				title: "Teach it early",
				lines: [
					"A secret that scares you may be told.",
					"A friend online may not be a friend.",
					"If someone asks for a private picture: say no, block, and tell an adult.",
				],
			},
		],
	},
};
