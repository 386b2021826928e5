package io.strongroom.server.telemetry;

import static io.strongroom.server.telemetry.Unit.BYTES;
import static io.strongroom.server.telemetry.Unit.CELSIUS;
import static io.strongroom.server.telemetry.Unit.COUNT;
import static io.strongroom.server.telemetry.Unit.MEGABITS;
import static io.strongroom.server.telemetry.Unit.MILLISECONDS;
import static io.strongroom.server.telemetry.Unit.PERCENT;
import static io.strongroom.server.telemetry.Unit.RATIO;
import static io.strongroom.server.telemetry.Unit.SECONDS;

import io.strongroom.api.json.Json;
import io.strongroom.server.telemetry.Observation.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a record's attributes into one form: nested objects become names with full stops, known names those of
 * OpenTelemetry, numbers its units. A device may send anything: what is not understood stays as it is, what cannot be true is
 * left out, nothing is an error.
 */
final class Normal {
    /** Where the attributes that tell of users are, and texts that may name anybody: no observation has them. */
    static final Set<String> PERSONAL =
            Set.of("user_id", "userId", "user.id", "user.name", "line", "device_id", "timestamp", "messageId");

    private static final int MOST_ATTRIBUTES = 2_000;
    private static final int MOST_NAME_CHARS = 200;
    private static final int MOST_DEPTH = 8;

    /** A known name as it is told; what it is called from then on; its unit, null for what is no number. */
    private record Rule(String told, String name, @Nullable Unit unit) {}

    private static final Map<String, Rule> RULES = new LinkedHashMap<>();

    static {
        // What the appliance's own agent sends has OpenTelemetry's names, but for how it tells of itself.
        for (String ratio : List.of(
                "system.cpu.utilization",
                "system.memory.utilization",
                "system.paging.utilization",
                "system.filesystem.utilization",
                "hw.battery.charge")) {
            rule(ratio, ratio, RATIO);
        }
        rule("hw.temperature", "hw.temperature", CELSIUS);
        rule("system.uptime", "system.uptime", SECONDS);
        rule("agent.upMillis", "agent.uptime", MILLISECONDS);
        rule("agent.heapBytes", "agent.memory.heap", BYTES);
        rule("agent.queue.waiting", "agent.queue.depth", COUNT);
        rule("agent.queue.bytes", "agent.queue.size", BYTES);
        // Plain telemetry, as any client may send it.
        rule("hardware.cpu", "system.cpu.utilization", PERCENT);
        rule("hardware.memory", "system.memory.utilization", PERCENT);
        rule("hardware.disk", "system.filesystem.utilization", PERCENT);
        rule("hardware.thermal", "hw.temperature", CELSIUS);
        rule("hardware.battery", "hw.battery.charge", PERCENT);
        rule("network.latency_ms", "network.latency", MILLISECONDS);
        rule("network.throughput_mbps", "network.throughput", MEGABITS);
        rule("agent.queue_depth", "agent.queue.depth", COUNT);
        rule("software.packages", "packages", null);
        rule("hostname", "host.name", null);
    }

    private static void rule(String told, String name, @Nullable Unit unit) {
        RULES.put(told, new Rule(told, name, unit));
    }

    private final Map<String, Value> attributes = new LinkedHashMap<>();

    private Normal() {}

    /** @param told the record's attributes, as they stand in it */
    static Map<String, Value> of(Json.Obj told) {
        Normal normal = new Normal();
        normal.flatten(told, "", "/attributes", 1);
        return normal.attributes;
    }

    private void flatten(Json.Obj object, String prefix, String pointer, int depth) {
        object.members().forEach((name, value) -> {
            // The agent's measures have their whole names already.
            String full = prefix.isEmpty() || prefix.equals("measures") ? name : prefix + "." + name;
            String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (value instanceof Json.Obj inner) {
                if (depth < MOST_DEPTH) {
                    flatten(inner, full, at, depth + 1);
                }
            } else if (!(value instanceof Json.Null)) {
                put(full, value, at);
            }
        });
    }

    private void put(String told, Json value, String pointer) {
        if (PERSONAL.contains(told)) {
            return;
        }
        Rule rule = RULES.get(told);
        String name = rule == null ? Texts.clean(told) : rule.name();
        if (rule != null && rule.unit() != null) {
            if (value instanceof Json.Num number) {
                rule.unit()
                        .of(Double.parseDouble(number.literal()))
                        .ifPresent(inUnit -> add(name, number(inUnit), pointer));
            }
        } else if (name.equals("os.type")) {
            system(value, pointer);
        } else if (name.equals("host.name")) {
            if (value instanceof Json.Text host && !host.value().isBlank()) {
                add(name, Json.of(host(host.value())), pointer);
            }
        } else {
            add(name, name.equals("packages") ? Packages.normal(value) : Texts.clean(value), pointer);
        }
    }

    private void add(String name, Json value, String pointer) {
        if (attributes.size() < MOST_ATTRIBUTES && name.length() <= MOST_NAME_CHARS) {
            attributes.putIfAbsent(name, new Value(value, pointer));
        }
    }

    /** The system's family as OpenTelemetry calls it; what it calls itself beside that. */
    private void system(Json value, String pointer) {
        if (value instanceof Json.Text told && !told.value().isBlank()) {
            String family = OsType.of(told.value());
            add("os.type", Json.of(family), pointer);
            if (!told.value().equalsIgnoreCase(family)) {
                add("os.name", Texts.clean(told), pointer);
            }
        }
    }

    /** Names of hosts are the same in any case, and with a full stop at the end or without. */
    private static String host(String told) {
        String name = Texts.clean(told).strip().toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static Json number(double value) {
        return new Json.Num(
                value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Long.toString((long) value)
                        : Double.toString(value));
    }
}
