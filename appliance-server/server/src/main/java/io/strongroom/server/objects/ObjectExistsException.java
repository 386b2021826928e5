package io.strongroom.server.objects;

import java.io.IOException;

/** Other bytes stand under this name already; they were not touched. */
public final class ObjectExistsException extends IOException {
    private static final long serialVersionUID = 1L;

    public ObjectExistsException(String name) {
        super("the object " + name + " exists with other content and is never overwritten");
    }
}
