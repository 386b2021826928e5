package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What cron says: {@code (root) CMD (command)}, {@code (alice) REPLACE (alice)}. */
final class CronMessages implements MessageReader.ProgramReader {
    private static final Pattern CRON = Pattern.compile("\\((\\S+)\\) ([A-Z ]+) \\((.*)\\)", Pattern.DOTALL);

    @Override
    public boolean read(SyslogMessage message, LineEvent.Builder event) {
        Matcher m = CRON.matcher(message.text().strip());
        if (!m.matches()) {
            return false;
        }
        boolean command = m.group(2).equals("CMD");
        event.format("cron").actor("User", m.group(1));
        if (command) {
            // cron writes this line before it runs the command: how that ended is not known here.
            event.action("Job.Run").resource("Command", Words.clipped(m.group(3).strip(), 200));
        } else {
            event.action("Crontab."
                            + Words.capitalised(Words.plain(m.group(2).strip().toLowerCase(java.util.Locale.ROOT))))
                    .resource("Crontab", m.group(3))
                    .outcome(m.group(2).contains("ERROR") ? Outcome.FAILURE : Outcome.UNKNOWN);
        }
        return true;
    }
}
