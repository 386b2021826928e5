package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What sudo and su say: {@code alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/bin/ls}, {@code FAILED SU (to root)
 * alice on pts/1}.
 */
final class SudoMessages implements MessageReader.ProgramReader {
    private static final Pattern SUDO = Pattern.compile(
            "(\\S+) : (?:(?<trouble>[^=;]+) ; )?(?:HOST=\\S+ ; )?(?:TTY=(?<tty>\\S+) ; )?(?:PWD=(?<pwd>.*?) ; )?USER=(?<as>\\S+)"
                    + "(?: ; [A-Z]+=[^;]*)*? ; COMMAND=(?<command>.*)",
            Pattern.DOTALL);
    private static final Pattern SU =
            Pattern.compile("(FAILED SU|Successful su|FAILED su)?:? ?\\(to ([^)]+)\\) (\\S+) on (\\S+)");
    private static final Pattern SU_FOR = Pattern.compile("(FAILED su|Successful su) for (\\S+) by (\\S+)");

    @Override
    public boolean read(SyslogMessage message, LineEvent.Builder event) {
        String text = message.text().strip();
        Matcher sudo = SUDO.matcher(text);
        if (sudo.matches()) {
            event.format("sudo")
                    .actor("User", sudo.group(1))
                    .action("Command.RunAs")
                    .resource("Command", Words.clipped(sudo.group("command"), 200))
                    .detail("as", sudo.group("as"))
                    .detail("tty", sudo.group("tty"))
                    .detail("directory", sudo.group("pwd"))
                    .detail("trouble", sudo.group("trouble"))
                    .outcome(sudo.group("trouble") == null ? Outcome.SUCCESS : Outcome.FAILURE);
            return true;
        }
        Matcher su = SU.matcher(text);
        if (su.matches()) {
            return switched(
                    event,
                    su.group(3),
                    su.group(2),
                    su.group(1) != null && su.group(1).startsWith("FAILED"));
        }
        Matcher suFor = SU_FOR.matcher(text);
        return suFor.matches()
                && switched(
                        event, suFor.group(3), suFor.group(2), suFor.group(1).startsWith("FAILED"));
    }

    private static boolean switched(LineEvent.Builder event, String from, String to, boolean failed) {
        event.format("su")
                .actor("User", from)
                .action("Account.Switch")
                .resource("Account", to)
                .outcome(failed ? Outcome.FAILURE : Outcome.SUCCESS);
        return true;
    }
}
