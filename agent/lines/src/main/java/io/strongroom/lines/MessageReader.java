package io.strongroom.lines;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands what programs write to syslog, whichever way the line came: a file, the journal, JSON around it. */
final class MessageReader {
    private static final Pattern REPEATED =
            Pattern.compile("message repeated (\\d+) times: \\[ ?(.*?)\\]?", Pattern.DOTALL);

    /** What one kind of program says. */
    interface ProgramReader {
        /** Fills in what the message tells; false if it is not of this kind. */
        boolean read(SyslogMessage message, LineEvent.Builder event);
    }

    private final Map<String, ProgramReader> byProgram;
    private final List<ProgramReader> byText;

    MessageReader() {
        SshdMessages sshd = new SshdMessages();
        AccountMessages accounts = new AccountMessages();
        this.byProgram = Map.ofEntries(
                Map.entry("sshd", sshd),
                Map.entry("sshd-session", sshd),
                Map.entry("sudo", new SudoMessages()),
                Map.entry("su", new SudoMessages()),
                Map.entry("cron", new CronMessages()),
                Map.entry("crond", new CronMessages()),
                Map.entry("systemd", new SystemdMessages()),
                Map.entry("systemd-logind", new SystemdMessages()),
                Map.entry("useradd", accounts),
                Map.entry("userdel", accounts),
                Map.entry("usermod", accounts),
                Map.entry("groupadd", accounts),
                Map.entry("groupdel", accounts),
                Map.entry("passwd", accounts),
                Map.entry("chpasswd", accounts));
        this.byText = List.of(new PamMessages(), new AuditMessages(new AuditdReader()));
    }

    /** Fills in what the message tells; at the least who said it, and where. */
    void read(SyslogMessage message, LineEvent.Builder event) {
        event.detail("host", message.host())
                .detail("program", message.program())
                .detail("pid", message.pid());
        SyslogMessage meant = message;
        Matcher repeated = REPEATED.matcher(message.text());
        if (repeated.matches()) {
            event.detail("repeated", repeated.group(1));
            meant = new SyslogMessage(message.host(), message.program(), message.pid(), repeated.group(2));
        }
        interpret(meant, event);
        String program = message.program();
        if (!event.hasAction()) {
            event.action("Log.Message");
        }
        event.actorOr("Process", program == null ? "unknown" : program).resourceOr("Host", message.host());
    }

    private void interpret(SyslogMessage message, LineEvent.Builder event) {
        for (ProgramReader reader : byText) {
            if (reader.read(message, event)) {
                return;
            }
        }
        if (message.program() != null) {
            ProgramReader reader = byProgram.get(name(message.program()));
            if (reader != null) {
                reader.read(message, event);
            }
        }
    }

    /** {@code /usr/sbin/CRON} as {@code cron}. */
    private static String name(String program) {
        return program.substring(program.lastIndexOf('/') + 1).toLowerCase(java.util.Locale.ROOT);
    }

    /** The audit messages that the kernel and auditd's dispatcher put into syslog. */
    private record AuditMessages(AuditdReader auditd) implements ProgramReader {
        private static final Pattern BEGIN = Pattern.compile(
                "(?:\\[ *\\d+\\.\\d+\\] )?(?:audit: )?((?:node=\\S+ )?type=\\S+ (?:msg=)?audit\\(.*)", Pattern.DOTALL);

        @Override
        public boolean read(SyslogMessage message, LineEvent.Builder event) {
            Matcher begin = BEGIN.matcher(message.text());
            return begin.matches() && auditd.read(begin.group(1), event);
        }
    }
}
