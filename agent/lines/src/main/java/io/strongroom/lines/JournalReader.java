package io.strongroom.lines;

import io.strongroom.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entries of the systemd journal, as {@code journalctl -o json} gives them. */
final class JournalReader implements JsonLineReader.ObjectReader {
    private final MessageReader messages = new MessageReader();

    @Override
    public Optional<LineEvent> read(Json.Obj entry) {
        String micros = LooseJson.scalar(entry, "_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP");
        if (micros == null || !entry.members().containsKey("MESSAGE")) {
            return Optional.empty();
        }
        LineEvent.Builder event = LineEvent.of("journal")
                .detail("unit", LooseJson.scalar(entry, "_SYSTEMD_UNIT", "UNIT"))
                .detail("uid", LooseJson.scalar(entry, "_UID"))
                .detail("severity", LooseJson.scalar(entry, "PRIORITY"));
        LogTime.epoch(micros).ifPresent(event::time);
        messages.read(
                new SyslogMessage(
                        LooseJson.scalar(entry, "_HOSTNAME"),
                        LooseJson.scalar(entry, "SYSLOG_IDENTIFIER", "_COMM"),
                        LooseJson.scalar(entry, "SYSLOG_PID", "_PID"),
                        text(entry.members().get("MESSAGE"))),
                event);
        return Optional.of(event.build());
    }

    /** The journal gives a message that is not clean UTF-8 as an array of bytes. */
    private static String text(@Nullable Json message) {
        if (message instanceof Json.Text text) {
            return text.value();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (message instanceof Json.Arr array) {
            for (Json item : array.items()) {
                if (item instanceof Json.Num number && number.literal().matches("\\d{1,3}")) {
                    bytes.write(Integer.parseInt(number.literal()));
                }
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
