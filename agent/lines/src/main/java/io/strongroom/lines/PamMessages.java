package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What PAM modules say within other programs: {@code pam_unix(sshd:auth): authentication failure; … user=root}. */
final class PamMessages implements MessageReader.ProgramReader {
    private static final Pattern PAM = Pattern.compile("(pam_\\w+)\\(([^:)]*):(\\w+)\\): (.*)", Pattern.DOTALL);
    private static final Pattern SESSION = Pattern.compile(
            "session (opened|closed) for user ([^\\s(]+)(?:\\(uid=\\d+\\))?(?: by (?:([^\\s(]*))?(?:\\(uid=(\\d+)\\))?)?.*");
    private static final Pattern USER = Pattern.compile("(?:^| )user=(\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("(?:^| )rhost=(\\S+)");
    private static final Pattern LOGIN = Pattern.compile("(?:^| )logname=(\\S+)");

    @Override
    public boolean read(SyslogMessage message, LineEvent.Builder event) {
        Matcher pam = PAM.matcher(message.text().strip());
        if (!pam.matches()) {
            return false;
        }
        String text = pam.group(4);
        event.format("pam").detail("module", pam.group(1)).detail("service", pam.group(2));
        Matcher session = SESSION.matcher(text);
        if (session.matches()) {
            boolean opened = session.group(1).equals("opened");
            event.action(opened ? "Session.Open" : "Session.Close")
                    .outcome(Outcome.SUCCESS)
                    .actor("User", session.group(3))
                    .actorOr("User", session.group(2))
                    .resource("Account", session.group(2));
        } else if (text.contains("authentication failure")) {
            String user = find(USER, text);
            String address = find(ADDRESS, text);
            event.action("Session.Authenticate")
                    .outcome(Outcome.FAILURE)
                    .detail("address", address)
                    .actor("User", user)
                    .actorOr("User", find(LOGIN, text))
                    .actorOr("Address", address)
                    .resource("Host", message.host());
        } else if (text.startsWith("check pass; user unknown")) {
            event.action("Session.Authenticate").outcome(Outcome.FAILURE).resource("Host", message.host());
        } else if (text.startsWith("password changed for ")) {
            event.action("Account.ChangePassword")
                    .outcome(Outcome.SUCCESS)
                    .resource("Account", text.substring("password changed for ".length()));
        } else {
            event.action("Session." + Words.capitalised(Words.plain(pam.group(3))));
        }
        return true;
    }

    private static @Nullable String find(Pattern pattern, String text) {
        Matcher m = pattern.matcher(text);
        return m.find() ? m.group(1) : null;
    }
}
