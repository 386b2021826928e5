package io.strongroom.agent.collect;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That a process ended as it should not have.
 *
 * @param crashed whether it broke, rather than that it ended with an error
 * @param program its program, or its service
 * @param pid its number; 0 if it is not told
 * @param details what else is known, by OpenTelemetry's names where there are some; never a command line, which may have
 *     secrets in it
 */
record ProcessEnd(boolean crashed, Instant at, String program, long pid, Map<String, String> details) {
    /** systemd's message ids (sd-messages(3)): a core dump was taken; a unit's process exited; a unit failed. */
    static final String COREDUMP = "fc2e22bc6ee647b6b90729ab34a250b1";

    static final String UNIT_PROCESS_EXIT = "98e322203f7a4ed290d09fe03c09fe15";
    static final String UNIT_FAILED = "d9b373ed55a64feb8242e02dbe79a49c";

    /** The audit subsystem's ANOM_ABEND: a process was ended by a signal that means a defect. */
    static final String ANOM_ABEND = "1701";

    private static final Pattern KERNEL = Pattern.compile(
            "(?:traps: )?(?<name>.{1,64}?)\\[(?<pid>\\d{1,10})\\]:? (?:segfault at|general protection|trap |bus error"
                    + "|stack segment).*",
            Pattern.DOTALL);
    private static final Pattern AUDIT = Pattern.compile("\\b(pid|sig|comm|exe)=(?:\"([^\"]*)\"|(\\S+))");

    ProcessEnd {
        details = Map.copyOf(details);
    }

    /** What an entry of the journal tells; empty if it is of something else. */
    static Optional<ProcessEnd> ofJournal(String json) {
        try {
            Json.Obj entry = Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
            String id = text(entry, "MESSAGE_ID");
            if (COREDUMP.equals(id)) {
                return Optional.of(coredump(entry));
            }
            if (UNIT_PROCESS_EXIT.equals(id) || UNIT_FAILED.equals(id)) {
                return unit(entry);
            }
            if (ANOM_ABEND.equals(text(entry, "_AUDIT_TYPE"))) {
                return audit(entry);
            }
            return "kernel".equals(text(entry, "_TRANSPORT")) ? kernel(entry) : Optional.empty();
        } catch (JsonException | JsonShapeException | NumberFormatException e) {
            // Not as systemd writes it.
            return Optional.empty();
        }
    }

    private static ProcessEnd coredump(Json.Obj entry) {
        String program = text(entry, "COREDUMP_EXE");
        Map<String, String> details = new LinkedHashMap<>();
        put(details, "source", "coredump");
        put(details, "process.executable.path", program);
        put(details, "process.executable.name", text(entry, "COREDUMP_COMM"));
        put(details, "signal", text(entry, "COREDUMP_SIGNAL_NAME"));
        put(details, "service", text(entry, "COREDUMP_UNIT"));
        return new ProcessEnd(
                true,
                at(entry),
                first(program, text(entry, "COREDUMP_COMM")),
                number(text(entry, "COREDUMP_PID")),
                details);
    }

    private static Optional<ProcessEnd> unit(Json.Obj entry) {
        String unit = first(text(entry, "UNIT"), text(entry, "USER_UNIT"));
        String code = text(entry, "EXIT_CODE");
        String status = text(entry, "EXIT_STATUS");
        if ("exited".equals(code) && "0".equals(status)) {
            return Optional.empty();
        }
        Map<String, String> details = new LinkedHashMap<>();
        put(details, "source", "service");
        put(details, "service", unit);
        put(details, "exit", code);
        put(details, "exited".equals(code) ? "process.exit.code" : "signal", status);
        put(details, "result", text(entry, "UNIT_RESULT"));
        return Optional.of(new ProcessEnd(false, at(entry), unit, 0, details));
    }

    private static Optional<ProcessEnd> kernel(Json.Obj entry) {
        Matcher told = KERNEL.matcher(first(text(entry, "MESSAGE"), ""));
        if (!told.matches()) {
            return Optional.empty();
        }
        Map<String, String> details = Map.of("source", "kernel", "process.executable.name", told.group("name"));
        return Optional.of(
                new ProcessEnd(true, at(entry), told.group("name"), Long.parseLong(told.group("pid")), details));
    }

    private static Optional<ProcessEnd> audit(Json.Obj entry) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = AUDIT.matcher(first(text(entry, "MESSAGE"), ""));
        while (field.find()) {
            fields.putIfAbsent(field.group(1), first(field.group(2), field.group(3)));
        }
        Map<String, String> details = new LinkedHashMap<>();
        put(details, "source", "audit");
        put(details, "process.executable.path", fields.get("exe"));
        put(details, "process.executable.name", fields.get("comm"));
        put(details, "signal", fields.get("sig"));
        return Optional.of(new ProcessEnd(
                true, at(entry), first(fields.get("exe"), fields.get("comm")), number(fields.get("pid")), details));
    }

    private static Instant at(Json.Obj entry) {
        return Instant.ofEpochMilli(number(text(entry, "__REALTIME_TIMESTAMP")) / 1_000);
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }

    private static String first(@Nullable String one, @Nullable String other) {
        return one != null && !one.isBlank() ? one : other != null && !other.isBlank() ? other : "unknown";
    }

    private static void put(Map<String, String> details, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            details.put(name, value);
        }
    }

    private static @Nullable String text(Json.Obj entry, String name) {
        return entry.members().get(name) instanceof Json.Text text ? text.value() : null;
    }
}
