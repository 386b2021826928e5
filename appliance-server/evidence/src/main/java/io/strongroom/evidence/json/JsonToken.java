package io.strongroom.evidence.json;

/** What comes next in a document. */
public enum JsonToken {
    BEGIN_OBJECT,
    END_OBJECT,
    BEGIN_ARRAY,
    END_ARRAY,
    /** A member name; its value follows. */
    NAME,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    /** The end of the document. */
    END
}
