const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

/** The time of day to the second: "09:14:35". */
export const secondsText = (at: number) => clock.format(new Date(at));
