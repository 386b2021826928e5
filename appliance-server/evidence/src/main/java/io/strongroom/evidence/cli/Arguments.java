package io.strongroom.evidence.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param subject a pack, a proof file or a folder of tiles
 * @param with packs that hold later erasure records
 * @param makeKey where to make a witness's key; nothing is verified then
 * @param name of the witness whose key is made
 */
record Arguments(
        @Nullable Path subject,
        @Nullable Path trust,
        List<Path> with,
        @Nullable Path record,
        @Nullable Path cosign,
        @Nullable Path makeKey,
        String name,
        boolean json,
        boolean help) {
    static Arguments parse(String... args) {
        Path subject = null;
        Path trust = null;
        List<Path> with = new ArrayList<>();
        Path record = null;
        Path cosign = null;
        Path makeKey = null;
        String name = "";
        boolean json = false;
        boolean help = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--trust" -> trust = once(trust, path(args, ++i));
                case "--with" -> with.add(path(args, ++i));
                case "--record" -> record = once(record, path(args, ++i));
                case "--cosign" -> cosign = once(cosign, path(args, ++i));
                case "--make-key" -> makeKey = once(makeKey, path(args, ++i));
                case "--name" -> name = value(args, ++i);
                case "--json" -> json = true;
                case "--help", "-h" -> help = true;
                default -> {
                    if (args[i].startsWith("-")) {
                        throw new UsageException("unknown option " + args[i]);
                    }
                    if (subject != null) {
                        throw new UsageException("one thing at a time: " + subject + " or " + args[i]);
                    }
                    subject = toPath(args[i]);
                }
            }
        }
        if (!help && subject == null && makeKey == null) {
            throw new UsageException("name the pack, proof file or folder of tiles to verify");
        }
        if (makeKey != null && (name.isEmpty() || subject != null)) {
            throw new UsageException("--make-key FILE goes with --name NAME, and with nothing else");
        }
        return new Arguments(subject, trust, with, record, cosign, makeKey, name, json, help);
    }

    private static Path once(@Nullable Path before, Path now) {
        if (before != null) {
            throw new UsageException("an option stands twice: " + before + " and " + now);
        }
        return now;
    }

    private static Path path(String[] args, int i) {
        return toPath(value(args, i));
    }

    private static Path toPath(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("not a path: " + text);
        }
    }

    private static String value(String[] args, int i) {
        if (i >= args.length) {
            throw new UsageException(args[i - 1] + " needs a value");
        }
        return args[i];
    }

    static final String USAGE = """
            Usage: verify PACK [--trust FILE] [--with ERASURES]... [--cosign KEYFILE] [--json]
                   verify FILE.tlog-proof [--trust FILE] [--record FILE] [--json]
                   verify FOLDER-OF-TILES [--trust FILE] [--json]
                   verify --make-key KEYFILE --name NAME

              PACK             an evidence pack: the zip, or the folder it was unpacked to
              --trust FILE     whom to trust; without it only consistency with itself is shown
              --with ERASURES  a pack that holds later erasure records of the same ledger
              --record FILE    the record that a proof is for
              --cosign KEYFILE sign the pack's checkpoint as a witness, if all holds
              --make-key       make a witness's key; its public half is printed
              --json           one JSON object instead of text

            Exit code: 0 verified; 1 failed; 2 wrong usage or unreadable; 3 consistent with itself, signer not trusted.
            """;
}
