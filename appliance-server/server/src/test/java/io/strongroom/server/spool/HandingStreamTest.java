package io.strongroom.server.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandingStreamTest {
    /** More than is ever on its way. */
    private static final int MUCH = 8 << 20;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 131_071, 131_072, 131_073, MUCH})
    void givesTheOtherStreamWhatItWasGiven(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        ByteArrayOutputStream other = new ByteArrayOutputStream();

        try (HandingStream stream = new HandingStream(other, "test")) {
            // In uneven pieces, across the borders of those that are handed over.
            int at = 0;
            for (int piece = 1; at < length; piece = piece * 3 + 1) {
                int taken = Math.min(piece, length - at);
                stream.write(content, at, taken);
                at += taken;
            }
            stream.finish();
            assertThat(other.toByteArray()).isEqualTo(content);
        }
    }

    @Test
    void anErrorOfTheOtherStreamComesBackAndBlocksNobody() {
        OutputStream full = new Refusing();

        assertThatThrownBy(() -> {
                    try (HandingStream stream = new HandingStream(full, "test")) {
                        stream.write(new byte[MUCH]);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("no room");
        assertThatThrownBy(() -> {
                    try (HandingStream stream = new HandingStream(full, "test")) {
                        stream.write(1);
                        stream.finish();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("no room");
    }

    @Test
    void whatTheOtherThreadDiesOfIsNotTakenForWritten() {
        OutputStream dying = new OutputStream() {
            @Override
            public void write(int b) {
                throw new InternalError("a fault in memory");
            }
        };

        assertThatThrownBy(() -> {
                    try (HandingStream stream = new HandingStream(dying, "test")) {
                        stream.write(new byte[MUCH]);
                        stream.finish();
                    }
                })
                .isInstanceOf(InternalError.class);
    }

    @Test
    void onceClosedItLeavesTheOtherStreamAlone() throws IOException {
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        HandingStream stream = new HandingStream(other, "test");
        stream.write(new byte[1 << 20]);
        stream.close();
        int written = other.size();

        stream.close();

        assertThat(written).isLessThanOrEqualTo(1 << 20);
        assertThatThrownBy(() -> stream.write(new byte[1 << 20])).isInstanceOf(IOException.class);
        assertThat(other.size()).isEqualTo(written);
    }

    private static final class Refusing extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("no room");
        }
    }
}
