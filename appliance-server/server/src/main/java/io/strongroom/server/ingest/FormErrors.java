package io.strongroom.server.ingest;

import io.strongroom.api.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a document, place by place. The list is bounded: a hostile document names a thousand. */
final class FormErrors {
    /** How many places are named. */
    static final int MOST = 20;

    private static final int LONGEST_SHOWN_NAME = 64;

    private final List<FieldError> errors = new ArrayList<>();
    private boolean more;

    void clear() {
        errors.clear();
        more = false;
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    void add(String pointer, String detail) {
        if (errors.size() < MOST) {
            errors.add(new FieldError(pointer, detail));
        } else {
            more = true;
        }
    }

    List<FieldError> list() {
        List<FieldError> list = new ArrayList<>(errors);
        if (more) {
            list.add(new FieldError("", "there is more; the first " + MOST + " places are named"));
        }
        return list;
    }

    /**
     * The RFC 6901 pointer of a member that the schema does not know, from its name's canonical bytes. A long name is
     * cut: the pointer is for a person to find the place.
     */
    static String pointer(String parent, byte[] json, int nameFrom, int nameTo) {
        String name = new String(json, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8);
        if (name.length() > LONGEST_SHOWN_NAME) {
            int end = Character.isHighSurrogate(name.charAt(LONGEST_SHOWN_NAME - 1))
                    ? LONGEST_SHOWN_NAME - 1
                    : LONGEST_SHOWN_NAME;
            name = name.substring(0, end) + "…";
        }
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
