package io.strongroom.server.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What is encrypted of a record's disclosures of one class. Their text form (formats §4) follows from salt, pointer and
 * value, so these are kept, in a third less room:
 *
 * <pre>
 * u8   length of the class's name, then its name
 * then, of each disclosure: 16 bytes of salt; u32 length of the pointer, pointer in UTF-8; u32 length of the value, value
 * </pre>
 */
final class SealedText {
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private SealedText() {}

    static byte[] of(String classification, List<Disclosure> disclosures) {
        byte[] name = classification.getBytes(UTF_8);
        List<byte[]> pointers = new ArrayList<>(disclosures.size());
        int length = 1 + name.length;
        for (Disclosure disclosure : disclosures) {
            byte[] pointer = disclosure.pointer().toString().getBytes(UTF_8);
            pointers.add(pointer);
            length += Disclosure.SALT_BYTES
                    + 2 * Integer.BYTES
                    + pointer.length
                    + disclosure.value().length();
        }
        ByteBuffer text = ByteBuffer.allocate(length).put((byte) name.length).put(name);
        for (int i = 0; i < disclosures.size(); i++) {
            JsonSlice value = disclosures.get(i).value();
            text.put(DECODER.decode(disclosures.get(i).salt()));
            text.putInt(pointers.get(i).length).put(pointers.get(i));
            text.putInt(value.length()).put(value.bytes(), value.offset(), value.length());
        }
        return text.array();
    }

    /**
     * A device's line behind its label, which stands where the class does.
     *
     * @param line packed by {@link PackedLines}
     */
    static byte[] ofLine(byte[] line) {
        byte[] name = SealedDisclosures.LINE.getBytes(UTF_8);
        return ByteBuffer.allocate(1 + name.length + line.length)
                .put((byte) name.length)
                .put(name)
                .put(line)
                .array();
    }

    /** What {@link #ofLine} was given; empty if it is no line. The bytes are known to be what was encrypted. */
    static Optional<byte[]> line(byte[] plain) {
        byte[] label = ofLine(new byte[0]);
        return Arrays.equals(plain, 0, Math.min(plain.length, label.length), label, 0, label.length)
                ? Optional.of(Arrays.copyOfRange(plain, label.length, plain.length))
                : Optional.empty();
    }

    /** The disclosures; empty if they are of another class. The bytes are known to be what was encrypted. */
    static Optional<List<Disclosure>> read(String classification, byte[] plain) {
        ByteBuffer text = ByteBuffer.wrap(plain);
        if (!new String(next(text, Byte.toUnsignedInt(text.get())), UTF_8).equals(classification)) {
            return Optional.empty();
        }
        List<Disclosure> disclosures = new ArrayList<>();
        while (text.hasRemaining()) {
            byte[] salt = next(text, Disclosure.SALT_BYTES);
            String pointer = new String(next(text, text.getInt()), UTF_8);
            byte[] value = next(text, text.getInt());
            disclosures.add(Disclosure.of(salt, JsonPointer.parse(pointer), new JsonSlice(value, 0, value.length)));
        }
        return Optional.of(disclosures);
    }

    private static byte[] next(ByteBuffer text, int count) {
        byte[] bytes = new byte[count];
        text.get(bytes);
        return bytes;
    }
}
