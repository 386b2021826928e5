package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the Linux audit daemon: {@code type=SYSCALL msg=audit(1652292621.986:84138): arch=c000003e syscall=59
 * success=yes … auid=1000 uid=0 … exe="/usr/bin/id"}, with or without {@code node=}, with or without the names that {@code
 * log_format=ENRICHED} adds after a group separator.
 */
final class AuditdReader implements LineReader {
    private static final Pattern HEADER = Pattern.compile(
            "(?:node=(\\S+) )?type=(\\S+) (?:msg=)?audit\\((\\d{1,11}\\.\\d{1,9}):(\\d+)\\) ?: ?(.*)", Pattern.DOTALL);
    private static final Pattern PAIR = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*)=(\"[^\"]*\"|'[^']*'|\\S*)");
    private static final Set<String> NOBODY = Set.of("4294967295", "-1", "unset", "?", "(none)", "(null)", "");
    private static final Set<String> MAY_BE_HEX =
            Set.of("exe", "comm", "name", "proctitle", "acct", "cwd", "cmd", "key");

    /** System calls that auditors ask for by name, on x86-64 (arch c000003e). */
    private static final Map<String, String> SYSCALLS = Map.ofEntries(
            Map.entry("2", "open"),
            Map.entry("41", "socket"),
            Map.entry("42", "connect"),
            Map.entry("43", "accept"),
            Map.entry("49", "bind"),
            Map.entry("56", "clone"),
            Map.entry("59", "execve"),
            Map.entry("62", "kill"),
            Map.entry("76", "truncate"),
            Map.entry("82", "rename"),
            Map.entry("83", "mkdir"),
            Map.entry("84", "rmdir"),
            Map.entry("85", "creat"),
            Map.entry("86", "link"),
            Map.entry("87", "unlink"),
            Map.entry("88", "symlink"),
            Map.entry("90", "chmod"),
            Map.entry("91", "fchmod"),
            Map.entry("92", "chown"),
            Map.entry("101", "ptrace"),
            Map.entry("105", "setuid"),
            Map.entry("165", "mount"),
            Map.entry("175", "init_module"),
            Map.entry("227", "clock_settime"),
            Map.entry("257", "openat"),
            Map.entry("263", "unlinkat"),
            Map.entry("264", "renameat"),
            Map.entry("268", "fchmodat"),
            Map.entry("316", "renameat2"),
            Map.entry("322", "execveat"));

    @Override
    public Optional<LineEvent> read(String line) {
        LineEvent.Builder event = LineEvent.of("auditd");
        return read(line.strip(), event) ? Optional.of(event.build()) : Optional.empty();
    }

    /** Fills in what the line tells; false if it is not of this kind. */
    boolean read(String line, LineEvent.Builder event) {
        Matcher header = HEADER.matcher(line);
        if (!header.matches()) {
            return false;
        }
        String type = header.group(2);
        Map<String, String> fields = new LinkedHashMap<>();
        pairs(header.group(5), fields);
        String host = header.group(1) != null ? header.group(1) : first(fields, "node", "hostname");
        LogTime.epochSeconds(header.group(3)).ifPresent(event::time);
        event.format("auditd")
                .detail("auditType", type)
                .detail("auditId", header.group(4))
                .detail("host", header.group(1) != null ? header.group(1) : fields.get("node"))
                .detail("address", usable(fields.get("addr")))
                .detail("exe", usable(fields.get("exe")))
                .detail("key", usable(fields.get("key")))
                .action(action(type, fields))
                .outcome(outcome(fields));
        actor(fields, event);
        resource(type, fields, event);
        event.resourceOr("Host", usable(host));
        return true;
    }

    /** All {@code name=value} pairs, those inside {@code msg='…'} too; the first of a name counts. */
    private static void pairs(String text, Map<String, String> into) {
        Matcher pair = PAIR.matcher(text);
        while (pair.find()) {
            String name = pair.group(1);
            String value = pair.group(2);
            boolean quoted = value.length() >= 2 && (value.charAt(0) == '"' || value.charAt(0) == '\'');
            String inner = quoted ? value.substring(1, value.length() - 1) : value;
            if (name.equals("msg") && quoted) {
                pairs(inner, into);
            } else {
                into.putIfAbsent(name, !quoted && MAY_BE_HEX.contains(name) ? decoded(inner) : inner);
            }
        }
    }

    /** auditd writes a value that holds blanks or quotes as bare hex digits. */
    private static String decoded(String value) {
        if (value.length() < 4
                || value.length() % 2 != 0
                || !value.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'F')) {
            return value;
        }
        String text = new String(HexFormat.of().parseHex(value), StandardCharsets.UTF_8).replace('\0', ' ');
        return text.chars().anyMatch(c -> c < 0x20 || c == 0xFFFD) ? value : text.strip();
    }

    private static String action(String type, Map<String, String> fields) {
        String named = fields.get("SYSCALL");
        String number = fields.get("syscall");
        if (named == null && number != null) {
            boolean x64 = "c000003e".equals(fields.get("arch"));
            named = Character.isDigit(number.isEmpty() ? 'x' : number.charAt(0))
                    ? (x64 ? SYSCALLS.getOrDefault(number, number) : number)
                    : number;
        }
        if (named != null && !named.isEmpty()) {
            return "Syscall." + Words.plain(named);
        }
        String operation = usable(fields.get("op"));
        return operation == null
                ? "Audit." + Words.plain(type)
                : "Audit." + Words.plain(type) + "." + Words.plain(operation);
    }

    private static Outcome outcome(Map<String, String> fields) {
        String told = first(fields, "success", "res", "result");
        return switch (told) {
            case null -> Outcome.UNKNOWN;
            case "yes", "success", "1" -> Outcome.SUCCESS;
            case "no", "failed", "fail", "0" -> Outcome.FAILURE;
            default -> Outcome.UNKNOWN;
        };
    }

    /** The person who logged in, if that is known; else the account that the process runs as; else the account named. */
    private static void actor(Map<String, String> fields, LineEvent.Builder event) {
        for (String name : new String[] {"AUID", "audit_user", "auid", "acct", "UID", "user", "uid", "EUID", "euid"}) {
            String value = usable(fields.get(name));
            if (value != null) {
                event.actor("User", Character.isDigit(value.charAt(0)) ? "uid:" + value : value);
                return;
            }
        }
        event.actor("Process", usable(first(fields, "exe", "comm", "proctitle")))
                .actorOr("Process", "kernel");
    }

    private static void resource(String type, Map<String, String> fields, LineEvent.Builder event) {
        if (type.startsWith("USER_")
                || type.startsWith("CRED_")
                || type.startsWith("ADD_")
                || type.startsWith("DEL_")) {
            event.resource("Account", usable(first(fields, "acct", "id")));
        }
        if (type.startsWith("SERVICE_")) {
            event.resource("Service", usable(fields.get("unit")));
        }
        event.resourceOr("File", usable(fields.get("name")))
                .resourceOr("Process", usable(first(fields, "exe", "comm")))
                .resourceOr("Process", usable(fields.get("proctitle")))
                .resourceOr("Directory", usable(fields.get("cwd")));
    }

    private static @Nullable String first(Map<String, String> fields, String... names) {
        for (String name : names) {
            String value = fields.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable String usable(@Nullable String value) {
        return value == null || NOBODY.contains(value) ? null : value;
    }
}
