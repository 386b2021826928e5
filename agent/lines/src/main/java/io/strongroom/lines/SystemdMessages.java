package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What systemd and its login daemon say: units that start, stop and fail, sessions that come and go. */
final class SystemdMessages implements MessageReader.ProgramReader {
    private record Rule(Pattern pattern, String action, String type, Outcome outcome) {
        static Rule of(String pattern, String action, String type, Outcome outcome) {
            return new Rule(Pattern.compile(pattern, Pattern.DOTALL), action, type, outcome);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("New session (?<id>\\S+) of user (?<user>\\S+?)\\.", "Session.Open", "Session", Outcome.SUCCESS),
            Rule.of(
                    "(?:Session|Removed session) (?<id>[^\\s.]+)(?: logged out)?\\..*",
                    "Session.Close",
                    "Session",
                    Outcome.SUCCESS),
            Rule.of("Started (?<id>.+?)\\.?", "Service.Start", "Service", Outcome.SUCCESS),
            Rule.of("Starting (?<id>.+?)(?:\\.\\.\\.|…)", "Service.Start", "Service", Outcome.UNKNOWN),
            Rule.of("Finished (?<id>.+?)\\.?", "Service.Finish", "Service", Outcome.SUCCESS),
            Rule.of("Stopped (?:target )?(?<id>.+?)\\.?", "Service.Stop", "Service", Outcome.SUCCESS),
            Rule.of("Stopping (?<id>.+?)(?:\\.\\.\\.|…)", "Service.Stop", "Service", Outcome.UNKNOWN),
            Rule.of("Failed to start (?<id>.+?)\\.?", "Service.Start", "Service", Outcome.FAILURE),
            Rule.of(
                    "(?:Reached target|Mounted|Listening on|Created slice) (?<id>.+?)\\.?",
                    "Unit.Reach",
                    "Unit",
                    Outcome.SUCCESS),
            Rule.of(
                    "(?<id>\\S+\\.\\w+): (?:Succeeded|Deactivated successfully)\\.",
                    "Service.Stop",
                    "Service",
                    Outcome.SUCCESS),
            Rule.of(
                    "(?<id>\\S+\\.\\w+): (?:Failed with result|Main process exited, code=(?:exited|killed|dumped)).*",
                    "Service.Stop",
                    "Service",
                    Outcome.FAILURE),
            Rule.of(
                    "(?<id>\\S+\\.(?:service|timer|socket|mount|target|scope|slice)): .*",
                    "Service.Note",
                    "Service",
                    Outcome.UNKNOWN),
            Rule.of("Reloading(?<id>)\\.", "Service.Reload", "Service", Outcome.SUCCESS));

    @Override
    public boolean read(SyslogMessage message, LineEvent.Builder event) {
        for (Rule rule : RULES) {
            Matcher m = rule.pattern().matcher(message.text().strip());
            if (m.matches()) {
                event.format("systemd")
                        .action(rule.action())
                        .outcome(rule.outcome())
                        .resource(rule.type(), m.group("id"));
                if (m.namedGroups().containsKey("user")) {
                    event.actor("User", m.group("user"));
                }
                return true;
            }
        }
        return false;
    }
}
