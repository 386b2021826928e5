package io.strongroom.evidence.trust;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.timestamp.TimeRoot;
import io.strongroom.evidence.timestamp.TimeStampException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Reads a trust file line by line (C2SP tlog-policy, Structure). */
final class TrustFileParser {
    private static final int MAX_BYTES = 4 << 20;

    private final List<TrustFile.Log> logs = new ArrayList<>();
    private final List<TrustFile.PackKey> packKeys = new ArrayList<>();
    private final List<Quorum.Witness> witnesses = new ArrayList<>();
    private final List<Quorum.Group> groups = new ArrayList<>();
    private final List<TimeRoot> timeRoots = new ArrayList<>();
    private final Set<String> fleet = new HashSet<>();
    private @Nullable String quorum;
    private @Nullable Boolean timeDemanded;
    private final List<Approvers.Approver> officers = new ArrayList<>();
    private final Set<Digest> exempt = new HashSet<>();
    private @Nullable Boolean approvalsDemanded;

    TrustFile parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new TrustException("it has more than " + MAX_BYTES + " bytes");
        }
        int number = 0;
        for (String line : text(bytes).split("\n", -1)) {
            number++;
            String content = strip(line);
            if (!content.isEmpty() && content.charAt(0) != '#') {
                try {
                    line(items(content));
                } catch (IllegalArgumentException | NoteException | TimeStampException e) {
                    throw new TrustException(number, String.valueOf(e.getMessage()), e);
                }
            }
        }
        if (quorum == null) {
            throw new TrustException("it has no quorum line; write \"quorum none\" where no witness is needed");
        }
        try {
            return new TrustFile(
                    logs,
                    packKeys,
                    quorum(quorum),
                    timeRoots,
                    Boolean.TRUE.equals(timeDemanded),
                    new Approvers(officers, Boolean.TRUE.equals(approvalsDemanded), exempt));
        } catch (IllegalArgumentException e) {
            throw new TrustException(String.valueOf(e.getMessage()));
        }
    }

    private static String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new TrustException(1, "not UTF-8", e);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 && c != '\n' && c != '\t' || c == 0x7f) {
                throw new TrustException("it has the control character U+%04X; use spaces, tabs and newlines (no CR)"
                        .formatted((int) c));
            }
        }
        return text;
    }

    /** Spaces and tabs only, as the standard has it. */
    private static String strip(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && (line.charAt(from) == ' ' || line.charAt(from) == '\t')) {
            from++;
        }
        while (from < to && (line.charAt(to - 1) == ' ' || line.charAt(to - 1) == '\t')) {
            to--;
        }
        return line.substring(from, to);
    }

    private static String[] items(String content) {
        return Collections.list(new StringTokenizer(content, " \t")).toArray(String[]::new);
    }

    private void line(String[] items) {
        switch (items[0]) {
            case "log" -> {
                require(items, 2, 3, "log <vkey> [<url>]");
                logs.add(new TrustFile.Log(VerifierKey.parse(items[1]), items.length > 2 ? items[2] : ""));
            }
            case "witness" -> {
                require(items, 3, 4, "witness <name> <vkey> [<url>]");
                VerifierKey key = VerifierKey.parse(items[2]).cosigner();
                witnesses.add(new Quorum.Witness(items[1], key, false, items.length > 3 ? items[3] : ""));
                quorum(Quorum.NONE);
            }
            case "group" -> {
                require(items, 4, Integer.MAX_VALUE, "group <name> all|any|<k> <name>...");
                List<String> members = List.of(items).subList(3, items.length);
                groups.add(new Quorum.Group(items[1], threshold(items[2], members.size()), members));
                quorum(Quorum.NONE);
            }
            case "quorum" -> {
                require(items, 2, 2, "quorum <name>|none");
                if (quorum != null) {
                    throw new IllegalArgumentException("there is a second quorum line");
                }
                quorum = quorum(items[1]).name();
            }
            case "fleet" -> {
                require(items, 2, Integer.MAX_VALUE, "fleet <witness>...");
                for (String name : List.of(items).subList(1, items.length)) {
                    if (witnesses.stream().noneMatch(witness -> witness.name().equals(name))) {
                        throw new IllegalArgumentException("no witness has the name " + name + " so far");
                    }
                    fleet.add(name);
                }
            }
            case "pack-key" -> {
                require(items, 5, 5, "pack-key ed25519|ml-dsa-44 <from> <until>|- <base64 of the public key's DER>");
                packKeys.add(packKey(items));
            }
            case "time-root" -> {
                require(items, 3, 3, "time-root <name> <base64 of the certificate's DER>");
                timeRoots.add(TimeRoot.of(items[1], Base64.getDecoder().decode(items[2])));
            }
            case "time" -> {
                require(items, 2, 2, "time required|optional");
                timeDemanded = demanded(timeDemanded, items);
            }
            case "officer" -> {
                require(items, 5, 5, "officer <name> <from> <until>|- <base64 of the public key's DER>");
                VerifyingKey key = VerifyingKey.ofSpki(Base64.getDecoder().decode(items[4]));
                officers.add(new Approvers.Approver(
                        new Officer(new PersonId(items[1]), key), Validity.parse(items[2], items[3])));
            }
            case "approvals" -> {
                require(items, 2, Integer.MAX_VALUE, "approvals required|optional [except <bundle digest>...]");
                approvalsDemanded = demanded(approvalsDemanded, items);
                if (items.length > 2 && (items.length == 3 || !items[2].equals("except"))) {
                    throw new IllegalArgumentException(
                            "the line's form is: approvals required except <bundle digest>...");
                }
                List.of(items).stream().skip(3).map(Digest::parse).forEach(exempt::add);
            }
            default ->
                throw new IllegalArgumentException("unknown line " + items[0]
                        + "; known: log, witness, group, quorum, fleet, pack-key, time-root, time, officer,"
                        + " approvals");
        }
    }

    private static TrustFile.PackKey packKey(String[] items) {
        VerifyingKey key = VerifyingKey.ofSpki(Base64.getDecoder().decode(items[4]));
        if (key.algorithm() != SigningAlgorithm.ofLabel(items[1])) {
            throw new IllegalArgumentException(
                    "the key is one of " + key.algorithm().label() + ", not of " + items[1]);
        }
        return new TrustFile.PackKey(key, Validity.parse(items[2], items[3]));
    }

    private static boolean demanded(@Nullable Boolean before, String[] items) {
        boolean required = items[1].equals("required");
        if (before != null || !required && !items[1].equals("optional")) {
            throw new IllegalArgumentException("one line only: %1$s required, or %1$s optional".formatted(items[0]));
        }
        return required;
    }

    private static int threshold(String text, int members) {
        return switch (text) {
            case "all" -> members;
            case "any" -> 1;
            default -> {
                if (!text.matches("[1-9][0-9]{0,3}")) {
                    throw new IllegalArgumentException("a group's threshold is all, any or a number, not " + text);
                }
                yield Integer.parseInt(text);
            }
        };
    }

    /** Checks what has been read so far, so that the error names this line. */
    private Quorum quorum(String name) {
        List<Quorum.Witness> marked = witnesses.stream()
                .map(witness -> new Quorum.Witness(
                        witness.name(), witness.key(), fleet.contains(witness.name()), witness.url()))
                .toList();
        return new Quorum(marked, groups, name);
    }

    private static void require(String[] items, int least, int most, String form) {
        if (items.length < least || items.length > most) {
            throw new IllegalArgumentException("the line's form is: " + form);
        }
    }
}
