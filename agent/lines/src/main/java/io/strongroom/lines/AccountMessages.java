package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the tools say that change accounts: {@code new user: name=alice, UID=1001, …}. */
final class AccountMessages implements MessageReader.ProgramReader {
    private record Rule(Pattern pattern, String action, String type) {
        static Rule of(String pattern, String action, String type) {
            return new Rule(Pattern.compile(pattern, Pattern.DOTALL), action, type);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("new user: name=([^,]+),.*", "Account.Create", "Account"),
            Rule.of("new group: name=([^,]+),.*", "Group.Create", "Group"),
            Rule.of("group added to \\S+: name=([^,]+).*", "Group.Create", "Group"),
            Rule.of("delete user '([^']+)'.*", "Account.Delete", "Account"),
            Rule.of("removed group '([^']+)'.*", "Group.Delete", "Group"),
            Rule.of("group '([^']+)' removed.*", "Group.Delete", "Group"),
            Rule.of("add '([^']+)' to (?:shadow )?group '.*", "Group.AddMember", "Account"),
            Rule.of("delete '([^']+)' from (?:shadow )?group '.*", "Group.RemoveMember", "Account"),
            Rule.of("change user '([^']+)' .*", "Account.Change", "Account"),
            Rule.of("(?:un)?lock user '([^']+)'.*", "Account.Lock", "Account"));

    @Override
    public boolean read(SyslogMessage message, LineEvent.Builder event) {
        String text = message.text().strip();
        for (Rule rule : RULES) {
            Matcher m = rule.pattern().matcher(text);
            if (m.matches()) {
                event.format("accounts")
                        .action(rule.action())
                        .resource(rule.type(), m.group(1))
                        .outcome(Outcome.SUCCESS);
                return true;
            }
        }
        return false;
    }
}
