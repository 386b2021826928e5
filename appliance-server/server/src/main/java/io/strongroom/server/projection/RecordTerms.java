package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Gathers one record's values and distinct terms, for its timeline row, the index and the facet counts. */
final class RecordTerms implements RecordWalk.Sink {
    private static final Field[] FIELDS = Field.values();

    private final FacetCounts facets;
    private ProjectionBatch.Row row = new ProjectionBatch.Row();

    private int[] terms = new int[128];
    private int size;
    private int words;

    /** What to count: each field's number and the term that it is counted under. */
    private int[] counted = new int[32];

    private int countedSize;
    private int[] labels = new int[16];
    private int labelCount;

    // A set of the record's terms; a slot counts only where its stamp is the record's.
    private int[] slots = new int[1024];
    private int[] stamps = new int[slots.length];
    private int stamp;

    RecordTerms(FacetCounts facets) {
        this.facets = facets;
    }

    /** Forgets the record before; the values of the next go into {@code into}. */
    void begin(ProjectionBatch.Row into) {
        row = into;
        size = 0;
        words = 0;
        countedSize = 0;
        labelCount = 0;
        stamp++;
    }

    @Override
    public void occurredAt(long epochMillis) {
        row.occurredAt = epochMillis;
    }

    @Override
    public void value(Field field, byte[] bytes, int from, int to) {
        long hash = TermHash.of(field, bytes, from, to);
        int term = TermHash.term(hash);
        if (field == Field.LABEL) {
            labels = room(labels, labelCount);
            labels[labelCount++] = term;
        } else {
            row.set(field, hash);
        }
        add(term);
        if (field.rolledUp()) {
            counted = room(counted, countedSize + 1);
            counted[countedSize++] = field.ordinal();
            counted[countedSize++] = facets.name(field, term, bytes, from, to);
        }
    }

    /** Takes a value from elsewhere than the record's body. */
    void value(Field field, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        value(field, bytes, 0, bytes.length);
    }

    @Override
    public void word(byte[] bytes, int length) {
        if (words == ProjectionBatch.MAX_WORDS) {
            add(ProjectionBatch.OVERFLOW);
        } else if (add(TermHash.term(TermHash.of(Field.WORD, bytes, 0, length)))) {
            words++;
        }
    }

    /** Takes a keyed hash of what is kept apart. */
    void findable(int keyed) {
        boolean unused = add(TermHash.found(keyed));
    }

    private boolean add(int term) {
        if (size >= slots.length / 2) {
            grow();
        }
        if (!occupy(term)) {
            return false;
        }
        terms = room(terms, size);
        terms[size++] = term;
        return true;
    }

    /** Puts a term into the set. @return whether it was not there */
    private boolean occupy(int term) {
        int mask = slots.length - 1;
        int slot = (term ^ term >>> 16) & mask;
        while (stamps[slot] == stamp) {
            if (slots[slot] == term) {
                return false;
            }
            slot = slot + 1 & mask;
        }
        stamps[slot] = stamp;
        slots[slot] = term;
        return true;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        stamps = new int[slots.length];
        stamp = 1;
        for (int i = 0; i < size; i++) {
            occupy(terms[i]);
        }
    }

    /** Counts the record's values in the hour in which it occurred. */
    void count(int hour) {
        for (int i = 0; i < countedSize; i += 2) {
            facets.count(FIELDS[counted[i]], counted[i + 1], hour);
        }
    }

    /** The terms of its labels. */
    int[] labels() {
        return Arrays.copyOf(labels, labelCount);
    }

    int size() {
        return size;
    }

    void copyTo(int[] target, int at) {
        System.arraycopy(terms, 0, target, at, size);
    }

    private static int[] room(int[] array, int index) {
        return index < array.length ? array : Arrays.copyOf(array, array.length * 2);
    }
}
