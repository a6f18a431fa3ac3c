// A calendar read by somebody who never saw our code (npm: ical.js): the file on standard input, what a calendar program
// makes of it as JSON on standard output. Clock times are those of a telephone in Denmark. Started by
// stories/tests/http/other_programs_read_the_calendar.rs. Never shipped.
import { text } from 'node:stream/consumers';
import ICAL from 'ical.js';

ICAL.design.strict = true;

const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short', timeStyle: 'short' });

const read = (component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    sequence: event.sequence,
    status: component.getFirstPropertyValue('status'),
    start: clock.format(event.startDate.toJSDate()),
    end: clock.format(event.endDate.toJSDate()),
    minutes: event.duration.toSeconds() / 60,
    recurring: event.isRecurring(),
    words: [event.summary, event.location, event.description].filter(Boolean),
  };
};

const calendar = new ICAL.Component(ICAL.parse(await text(process.stdin)));
const named = calendar.getFirstPropertyValue('version') === '2.0' && calendar.name === 'vcalendar';
if (!named) throw new Error('not a calendar');
console.log(JSON.stringify(calendar.getAllSubcomponents('vevent').map(read)));
