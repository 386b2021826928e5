package io.strongroom.lines;

import io.strongroom.api.Outcome;
import io.strongroom.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events of the Windows event log, in the forms that forwarders give them: flat ({@code EventID}, {@code Channel}), as in the
 * XML ({@code Event.System}, {@code Event.EventData}), and as Winlogbeat writes them ({@code winlog.event_id}).
 */
final class WindowsEventReader implements JsonLineReader.ObjectReader {
    private static final long AUDIT_FAILURE = 0x0010_0000_0000_0000L;
    private static final long AUDIT_SUCCESS = 0x0020_0000_0000_0000L;

    private final LogTime times;

    WindowsEventReader(LogTime times) {
        this.times = times;
    }

    @Override
    public Optional<LineEvent> read(Json.Obj event) {
        Json.Obj flat = flat(event);
        String id = LooseJson.scalar(flat, "EventID", "EventId", "event_id", "Id");
        String provider = LooseJson.scalar(
                flat,
                "ProviderName",
                "Provider",
                "SourceName",
                "provider_name",
                "Provider_Name",
                "ProviderGuid",
                "Source");
        String channel = LooseJson.scalar(flat, "Channel", "channel", "LogName");
        if (id == null || !id.chars().allMatch(Character::isDigit) || provider == null && channel == null) {
            return Optional.empty();
        }
        Optional<WindowsEventKind> kind = WindowsEventKind.of(id, provider, channel);
        LineEvent.Builder told = LineEvent.of("windows-event")
                .action(kind.map(WindowsEventKind::action).orElse("Windows.Event." + id))
                .outcome(outcome(flat, kind))
                .detail("eventId", id)
                .detail("provider", provider)
                .detail("channel", channel)
                .detail("host", LooseJson.scalar(flat, "Hostname", "Computer", "computer_name", "MachineName"))
                .detail("address", address(flat))
                .detail("logonType", LooseJson.scalar(flat, "LogonType"));
        times.iso(LooseJson.scalar(
                        flat, "TimeCreated", "SystemTime", "@timestamp", "EventTime", "TimeGenerated", "UtcTime"))
                .ifPresent(told::time);
        actor(flat, kind, told);
        resource(flat, kind, told);
        return Optional.of(told.build());
    }

    /** All members that matter, whatever they are wrapped in, the outermost of a name first. */
    private static Json.Obj flat(Json.Obj event) {
        Map<String, Json> members = new LinkedHashMap<>();
        List<Json.Obj> layers = new ArrayList<>();
        layers.add(event);
        for (int i = 0; i < layers.size(); i++) {
            Json.Obj layer = layers.get(i);
            layer.members().forEach((name, value) -> {
                if (value instanceof Json.Obj inner) {
                    switch (name) {
                        case "Event", "System", "EventData", "UserData", "winlog", "event_data", "user_data", "data" ->
                            layers.add(inner);
                        case "Provider" ->
                            put(members, "ProviderName", LooseJson.scalar(inner, "Name", "@Name", "#attributes/Name"));
                        case "TimeCreated" ->
                            put(
                                    members,
                                    "SystemTime",
                                    LooseJson.scalar(inner, "SystemTime", "@SystemTime", "#attributes/SystemTime"));
                        case "EventID" -> put(members, "EventID", LooseJson.scalar(inner, "#text", "Value", "$"));
                        default -> {
                            // Nothing in it that is looked for.
                        }
                    }
                } else {
                    members.putIfAbsent(name, value);
                    named(name, value, members);
                }
            });
        }
        return new Json.Obj(members);
    }

    /** EventData as a list: {@code "Data":[{"Name":"SubjectUserName","#text":"alice"}]}. */
    private static void named(String list, Json value, Map<String, Json> members) {
        if (list.equals("Data") && value instanceof Json.Arr items) {
            for (Json item : items.items()) {
                if (item instanceof Json.Obj pair) {
                    String name = LooseJson.scalar(pair, "Name", "@Name");
                    if (name != null) {
                        put(members, name, LooseJson.scalar(pair, "#text", "Value", "$"));
                    }
                }
            }
        }
    }

    private static void put(Map<String, Json> members, String name, @Nullable String value) {
        if (value != null) {
            members.putIfAbsent(name, Json.of(value));
        }
    }

    private static Outcome outcome(Json.Obj flat, Optional<WindowsEventKind> kind) {
        String keywords = LooseJson.scalar(flat, "Keywords", "keywords", "EventType");
        if (keywords != null) {
            String text = keywords.toLowerCase(Locale.ROOT).replace(" ", "").replace("_", "");
            if (text.contains("auditfailure")) {
                return Outcome.FAILURE;
            }
            if (text.contains("auditsuccess")) {
                return Outcome.SUCCESS;
            }
            long bits = bits(keywords);
            if ((bits & AUDIT_FAILURE) != 0) {
                return Outcome.FAILURE;
            }
            if ((bits & AUDIT_SUCCESS) != 0) {
                return Outcome.SUCCESS;
            }
        }
        return kind.map(WindowsEventKind::outcome).orElse(Outcome.UNKNOWN);
    }

    /** Keywords as 0x and hex digits, or as a signed decimal. */
    private static long bits(String keywords) {
        try {
            return keywords.startsWith("0x") || keywords.startsWith("0X")
                    ? Long.parseUnsignedLong(keywords.substring(2), 16)
                    : Long.parseLong(keywords);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void actor(Json.Obj flat, Optional<WindowsEventKind> kind, LineEvent.Builder told) {
        boolean loggingOn = kind.filter(WindowsEventKind::actorIsTarget).isPresent();
        String subject = account(flat, "Subject");
        String target = account(flat, "Target");
        told.actor("User", loggingOn && target != null ? target : subject)
                .actorOr("User", LooseJson.scalar(flat, "User", "SourceUser", "AccountName", "UserName"))
                .actorOr("User", fromMessage(flat, "Account Name:"))
                .actorOr("User", target)
                .actorOr("Process", LooseJson.scalar(flat, "SourceImage", "Image", "ProcessName", "CallerProcessName"))
                .actorOr("Host", LooseJson.scalar(flat, "Hostname", "Computer", "computer_name", "MachineName"));
    }

    /** {@code DOMAIN\\name} of the subject or target; null for the dashes that stand for nobody. */
    private static @Nullable String account(Json.Obj flat, String whose) {
        String name = LooseJson.scalar(flat, whose + "UserName");
        if (name == null || name.equals("-")) {
            return null;
        }
        String domain = LooseJson.scalar(flat, whose + "DomainName");
        return domain == null || domain.equals("-") ? name : domain + "\\" + name;
    }

    private static @Nullable String fromMessage(Json.Obj flat, String label) {
        String message = LooseJson.scalar(flat, "Message", "message");
        if (message == null || !message.contains(label)) {
            return null;
        }
        String rest = message.substring(message.indexOf(label) + label.length()).stripLeading();
        return rest.lines().findFirst().map(String::strip).orElse(null);
    }

    private static void resource(Json.Obj flat, Optional<WindowsEventKind> kind, LineEvent.Builder told) {
        kind.ifPresent(known -> told.resource(known.resourceType(), LooseJson.scalar(flat, known.resourceMembers())));
        if (kind.filter(known -> known.resourceType().equals("Account")).isPresent()) {
            told.resource("Account", account(flat, "Target"));
        }
        told.resourceOr("Object", LooseJson.scalar(flat, "ObjectName", "TargetObject", "TargetFilename", "ShareName"))
                .resourceOr(
                        "Process",
                        LooseJson.scalar(flat, "NewProcessName", "TargetImage", "ImageLoaded", "Image", "ProcessName"))
                .resourceOr("Service", LooseJson.scalar(flat, "ServiceName"))
                .resourceOr("Account", account(flat, "Target"))
                .resourceOr("Host", LooseJson.scalar(flat, "Hostname", "Computer", "computer_name", "MachineName"));
    }

    private static @Nullable String address(Json.Obj flat) {
        String address = LooseJson.scalar(flat, "IpAddress", "SourceAddress", "SourceIp", "ClientAddress");
        return address == null || address.equals("-") || address.equals("::1")
                ? null
                : address.replaceFirst("^::ffff:", "");
    }
}
