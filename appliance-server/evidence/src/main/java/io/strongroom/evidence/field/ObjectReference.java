package io.strongroom.evidence.field;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.ByteScan;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a record for a value that is too large for it (formats §3):
 * {@code {"$object":"sha256:…","bytes":81920,"mediaType":"image/png"}}.
 *
 * @param digest of the value's bytes
 * @param bytes how many they are
 * @param mediaType what the source says that they are ({@code type/subtype}, RFC 6838 names); null where it does not
 */
public record ObjectReference(
        Digest digest, long bytes, @Nullable String mediaType) {
    /** The member that makes an object a reference. */
    public static final String MEMBER = "$object";

    /** Longest media type, in characters. */
    public static final int MAX_MEDIA_TYPE = 127;

    private static final String BYTES = "bytes";
    private static final String MEDIA_TYPE = "mediaType";
    private static final Set<String> MEMBERS = Set.of(MEMBER, BYTES, MEDIA_TYPE);
    private static final String NO_DIGEST = MEMBER + " is sha256: and 64 lower-case hex digits";
    private static final String NO_LENGTH = BYTES + " is the value's length, an integer";
    private static final String NO_MEDIA_TYPE = MEDIA_TYPE + " is type/subtype, without parameters";
    private static final byte[] NAME = ("\"" + MEMBER + "\":").getBytes(US_ASCII);
    private static final Pattern MEDIA_TYPES =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,62}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,62}");

    /** Takes what looks like a reference. */
    @FunctionalInterface
    public interface Found {
        /**
         * @param place where it stands
         * @param object an object that has the member {@link #MEMBER}
         */
        void take(JsonPointer place, CanonicalObject object);
    }

    /**
     * @throws IllegalArgumentException if the length is negative, or the media type is none
     */
    public ObjectReference {
        if (bytes < 0) {
            throw new IllegalArgumentException(NO_LENGTH);
        }
        if (mediaType != null
                && (mediaType.length() > MAX_MEDIA_TYPE
                        || !MEDIA_TYPES.matcher(mediaType).matches())) {
            throw new IllegalArgumentException(NO_MEDIA_TYPE);
        }
    }

    /**
     * Reads a reference.
     *
     * @throws IllegalArgumentException that says what is wrong with it, without anything of its values
     */
    public static ObjectReference of(CanonicalObject object) {
        for (Map.Entry<String, JsonSlice> member : object) {
            if (!MEMBERS.contains(member.getKey())) {
                throw new IllegalArgumentException(
                        "an object with the member " + MEMBER + " has no others than " + BYTES + " and " + MEDIA_TYPE);
            }
        }
        return new ObjectReference(digest(object), length(object), mediaType(object));
    }

    private static Digest digest(CanonicalObject object) {
        JsonSlice value = object.get(MEMBER);
        try {
            if (value != null && value.kind() == JsonToken.STRING) {
                return Digest.parse(value.string());
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(NO_DIGEST, e);
        }
        throw new IllegalArgumentException(NO_DIGEST);
    }

    private static long length(CanonicalObject object) {
        JsonSlice value = object.get(BYTES);
        try {
            if (value != null && value.kind() == JsonToken.NUMBER) {
                return value.integer();
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException(NO_LENGTH, e);
        }
        throw new IllegalArgumentException(NO_LENGTH);
    }

    private static @Nullable String mediaType(CanonicalObject object) {
        JsonSlice value = object.get(MEDIA_TYPE);
        if (value == null) {
            return null;
        }
        if (value.kind() != JsonToken.STRING) {
            throw new IllegalArgumentException(NO_MEDIA_TYPE);
        }
        return value.string();
    }

    /** Reads a reference, if it is one. A record from before there were references may look like having them. */
    public static Optional<ObjectReference> find(CanonicalObject object) {
        try {
            return Optional.of(of(object));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /**
     * Whether anything in canonical bytes looks like a reference: quick, for each of many records. No string's content
     * does, since a quotation mark within it has a backslash before it.
     */
    public static boolean any(byte[] canonical, int from, int to) {
        int dollar = ByteScan.find(canonical, from, to, '$');
        while (dollar < to) {
            int at = dollar - 1;
            if (at >= from
                    && at + NAME.length <= to
                    && Arrays.equals(canonical, at, at + NAME.length, NAME, 0, NAME.length)) {
                return true;
            }
            dollar = ByteScan.find(canonical, dollar + 1, to, '$');
        }
        return false;
    }

    /**
     * Finds what looks like a reference in a value, whatever its depth, in canonical order.
     *
     * @param place where the value itself stands
     */
    public static void each(JsonSlice value, JsonPointer place, Found found) {
        if (value.kind() == JsonToken.BEGIN_OBJECT) {
            CanonicalObject object = value.object();
            if (object.has(MEMBER)) {
                found.take(place, object);
                return;
            }
            for (Map.Entry<String, JsonSlice> member : object) {
                each(member.getValue(), place.member(member.getKey()), found);
            }
        } else if (value.kind() == JsonToken.BEGIN_ARRAY) {
            JsonReader elements = value.reader();
            elements.beginArray();
            for (int i = 0; elements.hasNext(); i++) {
                each(elements.slice(), place.member(Integer.toString(i)), found);
            }
        }
    }
}
