package io.strongroom.evidence.note;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A signed note (C2SP signed-note): a text that ends in a newline, and its signature lines. That it parses says nothing
 * about its signatures: see {@link #verifiedBy}.
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** More than any note of a log and a few dozen post-quantum witnesses needs. */
    public static final int MAX_BYTES = 512 * 1024;

    /** C2SP asks for at least 16. */
    public static final int MAX_SIGNATURES = 100;

    public SignedNote {
        StrictText.noteText(text.getBytes(StandardCharsets.UTF_8));
        if (!text.endsWith("\n")) {
            throw new NoteException("a note's text ends with a newline");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new NoteException("a note has 1 to " + MAX_SIGNATURES + " signatures, this has " + signatures.size());
        }
        signatures = List.copyOf(signatures);
    }

    /** Reads a note. */
    public static SignedNote parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new NoteException("a note has at most " + MAX_BYTES + " bytes, this has " + bytes.length);
        }
        return parse(StrictText.noteText(bytes));
    }

    /** Reads a note. */
    public static SignedNote parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0) {
            throw new NoteException("the note has no empty line before its signatures");
        }
        String lines = note.substring(blank + 2);
        if (!lines.endsWith("\n")) {
            throw new NoteException("the note does not end with a signature line and a newline");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
            signatures.add(NoteSignature.parse(line));
        }
        return new SignedNote(note.substring(0, blank + 1), signatures);
    }

    /** A note of {@code text} signed by each of the signers, in this order. */
    public static SignedNote sign(String text, NoteSigner... signers) {
        List<NoteSignature> signatures = new ArrayList<>();
        for (NoteSigner signer : signers) {
            signatures.add(signer.sign(text));
        }
        return new SignedNote(text, signatures);
    }

    /** This note with one more signature. */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /**
     * The keys, of those known, that signed this note, in the order of {@code known}. Signatures of other keys are
     * ignored.
     *
     * @throws NoteException if a signature under a known key fails: the whole note is then refused
     */
    public List<VerifierKey> verifiedBy(Iterable<VerifierKey> known) {
        List<VerifierKey> verified = new ArrayList<>();
        for (VerifierKey key : known) {
            boolean signed = false;
            for (NoteSignature signature : signatures) {
                if (key.made(signature)) {
                    if (!key.verify(text, signature.bytes())) {
                        throw new NoteException("the signature of " + key.name() + " (" + key.type()
                                + ", key id %08x) does not fit the note".formatted(key.keyId()));
                    }
                    signed = true;
                }
            }
            if (signed) {
                verified.add(key);
            }
        }
        return verified;
    }

    /** The note's text form. */
    public String render() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }

    /** The note's bytes. */
    public byte[] bytes() {
        return render().getBytes(StandardCharsets.UTF_8);
    }
}
