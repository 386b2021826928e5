package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What OpenSSH's server says. User names come from whoever knocked and may hold blanks or be empty, so the patterns hold
 * on to what comes last on the line.
 */
final class SshdMessages implements MessageReader.ProgramReader {
    private static final String PORT = "(?: port (?<port>\\d+))?";

    private record Rule(Pattern pattern, String action, Outcome outcome) {
        static Rule of(String pattern, String action, Outcome outcome) {
            return new Rule(Pattern.compile(pattern, Pattern.DOTALL), action, outcome);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of(
                    "Accepted (?<method>\\S+) for (?<user>.*) from (?<address>\\S+)" + PORT + "(?: ssh2)?(?:: .*)?",
                    "Session.Login",
                    Outcome.SUCCESS),
            Rule.of(
                    "Failed (?<method>\\S+) for (?:invalid user |illegal user )?(?<user>.*) from (?<address>\\S+)"
                            + PORT + "(?: ssh2)?(?:: .*)?",
                    "Session.Login",
                    Outcome.FAILURE),
            Rule.of(
                    "(?:Invalid|Illegal) user (?<user>.*) from (?<address>\\S+)" + PORT,
                    "Session.Login",
                    Outcome.FAILURE),
            Rule.of(
                    "input_userauth_request: invalid user (?<user>.*?)(?: \\[preauth\\])?",
                    "Session.Login",
                    Outcome.FAILURE),
            Rule.of("User (?<user>.*) from (?<address>\\S+) not allowed because .*", "Session.Login", Outcome.FAILURE),
            Rule.of(
                    "(?:error: )?maximum authentication attempts exceeded for (?:invalid user )?(?<user>.*) from"
                            + " (?<address>\\S+)" + PORT + ".*",
                    "Session.Login",
                    Outcome.FAILURE),
            Rule.of(
                    "Disconnecting(?: (?:invalid user|authenticating user) (?<user>.*) (?<address>\\S+) port"
                            + " (?<port>\\d+))?: (?<reason>.*?)(?: \\[preauth\\])?",
                    "Session.Disconnect",
                    Outcome.FAILURE),
            Rule.of(
                    "Postponed (?<method>\\S+) for (?:invalid user )?(?<user>.*) from (?<address>\\S+)" + PORT + ".*",
                    "Session.Login",
                    Outcome.UNKNOWN),
            Rule.of(
                    "(?:error: )?Received disconnect from (?<address>[^\\s:]+(?::[0-9a-fA-F:.]+)?)" + PORT
                            + ":? ?(?<reason>.*?)(?: \\[preauth\\])?",
                    "Session.Disconnect",
                    Outcome.UNKNOWN),
            Rule.of(
                    "Disconnected from (?:(?:invalid |authenticating )?user (?<user>.*) )?(?<address>\\S*[.:]\\S*)"
                            + PORT + "(?: \\[preauth\\])?",
                    "Session.Disconnect",
                    Outcome.UNKNOWN),
            Rule.of(
                    "Connection (?:closed|reset|timed out)(?: by)?(?: (?:invalid|authenticating) user (?<user>.*?))?"
                            + " (?<address>\\S*[.:]\\S*?)" + PORT + "(?: \\[preauth\\])?",
                    "Session.Disconnect",
                    Outcome.UNKNOWN),
            Rule.of("Connection from (?<address>\\S+)" + PORT + ".*", "Session.Connect", Outcome.UNKNOWN),
            Rule.of(
                    "Did not receive identification string from (?<address>\\S+)" + PORT,
                    "Session.Connect",
                    Outcome.FAILURE),
            Rule.of(
                    "(?:Bad protocol version identification|banner exchange:).* from (?<address>\\S+)" + PORT + ".*",
                    "Session.Connect",
                    Outcome.FAILURE),
            Rule.of(
                    "reverse mapping checking getaddrinfo for .* \\[(?<address>[^\\]]+)\\] failed.*",
                    "Session.AddressCheck",
                    Outcome.FAILURE),
            Rule.of(
                    "Address (?<address>\\S+) maps to .*, but this does not map back to the address.*",
                    "Session.AddressCheck",
                    Outcome.FAILURE),
            Rule.of(
                    "PAM (?<times>\\d+) more authentication failures?;.* rhost=(?<address>\\S*)(?: +user=(?<user>.*))?",
                    "Session.Login",
                    Outcome.FAILURE),
            Rule.of("PAM service\\(sshd\\) ignoring max retries; .*", "Session.Login", Outcome.FAILURE),
            Rule.of("Server listening on (?<address>\\S+)" + PORT + "\\.?", "Service.Start", Outcome.SUCCESS),
            Rule.of("Received signal 15; terminating\\.", "Service.Stop", Outcome.SUCCESS),
            Rule.of("fatal: .*", "Session.Error", Outcome.FAILURE),
            Rule.of("error: .*", "Session.Error", Outcome.FAILURE));

    @Override
    public boolean read(SyslogMessage message, LineEvent.Builder event) {
        for (Rule rule : RULES) {
            Matcher m = rule.pattern.matcher(message.text().strip());
            if (m.matches()) {
                fill(rule, m, event);
                event.resource("Host", message.host());
                return true;
            }
        }
        return false;
    }

    private static void fill(Rule rule, Matcher m, LineEvent.Builder event) {
        var groups = m.namedGroups();
        event.format("sshd").action(rule.action()).outcome(rule.outcome());
        for (String name : List.of("method", "address", "port", "reason", "times")) {
            if (groups.containsKey(name)) {
                event.detail(name, m.group(name));
            }
        }
        if (groups.containsKey("user")) {
            event.actor("User", m.group("user"));
        }
        if (groups.containsKey("address")) {
            event.actorOr("Address", m.group("address"));
        }
    }
}
