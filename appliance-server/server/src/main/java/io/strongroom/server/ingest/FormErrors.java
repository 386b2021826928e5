package io.strongroom.server.ingest;

import io.strongroom.api.FieldError;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.server.problem.JsonBody;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is wrong with a document, place by place. The list is bounded: a hostile document names a thousand. */
final class FormErrors {
    /** How many places are named. */
    static final int MOST = 20;

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
     * The RFC 6901 pointer of a member that the schema does not know, from its name's canonical bytes between the quotes.
     * A long name is cut.
     */
    static String pointer(String parent, byte[] json, int nameFrom, int nameTo) {
        Json name = Json.parse(Arrays.copyOfRange(json, nameFrom - 1, nameTo + 1));
        return parent + JsonPointer.of(JsonBody.cut(((Json.Text) name).value()));
    }
}
