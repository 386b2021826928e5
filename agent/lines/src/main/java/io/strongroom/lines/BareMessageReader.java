package io.strongroom.lines;

import java.util.Optional;

/** Messages of sshd and PAM that lost their syslog header on the way. */
final class BareMessageReader implements LineReader {
    private final SshdMessages sshd = new SshdMessages();
    private final PamMessages pam = new PamMessages();

    @Override
    public Optional<LineEvent> read(String line) {
        SyslogMessage message = new SyslogMessage(null, null, null, line);
        LineEvent.Builder event = LineEvent.of("sshd");
        return pam.read(message, event) || sshd.read(message, event) ? Optional.of(event.build()) : Optional.empty();
    }
}
