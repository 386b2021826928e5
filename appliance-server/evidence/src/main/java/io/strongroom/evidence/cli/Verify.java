package io.strongroom.evidence.cli;

import io.strongroom.evidence.Printable;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.pack.verify.ErasureRecords;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackHead;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.pack.verify.ProofVerifier;
import io.strongroom.evidence.pack.verify.RefusedException;
import io.strongroom.evidence.pack.verify.TileVerifier;
import io.strongroom.evidence.trust.TrustException;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The offline verifier's command: {@code verify PACK [--trust FILE] …}. Opens no connection. */
public final class Verify {
    private static final int VERIFIED = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int NOT_TRUSTED = 3;
    private static final String PROOF = ".tlog-proof";
    private static final long MAX_SMALL = 4L << 20;

    private final PrintStream out;
    private final PrintStream err;
    private final InstantSource clock;

    /** A command that prints to these streams, UTF-8. */
    public Verify(PrintStream out, PrintStream err, InstantSource clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Verify(out, err, InstantSource.system()).run(args));
    }

    /** Runs the command; gives its exit code. A first argument {@code verify} is passed over. */
    public int run(String... args) {
        String[] rest = args.length > 0 && args[0].equals("verify") ? Arrays.copyOfRange(args, 1, args.length) : args;
        try {
            Arguments arguments = Arguments.parse(rest);
            if (arguments.help()) {
                out.print(Arguments.USAGE);
                return VERIFIED;
            }
            return run(arguments);
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.print(Arguments.USAGE);
            return USAGE;
        } catch (TrustException e) {
            err.println(e.getMessage());
            return USAGE;
        } catch (NoSuchFileException e) {
            err.println("There is no file " + Printable.of(e.getMessage() + ""));
            return USAGE;
        } catch (IOException e) {
            err.println("Cannot go on: " + Printable.of(e.getMessage() + ""));
            return USAGE;
        }
    }

    private int run(Arguments arguments) throws IOException {
        Path makeKey = arguments.makeKey();
        if (makeKey != null) {
            return makeKey(makeKey, arguments.name());
        }
        Path subject = arguments.subject();
        if (subject == null) {
            throw new UsageException("name what to verify");
        }
        Path trustFile = arguments.trust();
        TrustFile trust = trustFile == null ? null : TrustFile.parse(small(trustFile));
        try {
            if (subject.toString().endsWith(PROOF)) {
                return proof(subject, trust, arguments);
            }
            if (TileVerifier.isLog(subject)) {
                return tiles(subject, trust, arguments);
            }
            return pack(subject, trust, arguments);
        } catch (RefusedException e) {
            if (arguments.json()) {
                out.println(simple(FAILED, e.getMessage() + ""));
            } else {
                out.println("✗ FAILED: " + Printable.of(e.getMessage() + ""));
            }
            return FAILED;
        }
    }

    private int pack(Path pack, @Nullable TrustFile trust, Arguments arguments) throws IOException {
        Set<String> erased = new HashSet<>();
        Set<String> origins = new HashSet<>();
        for (Path with : arguments.with()) {
            ErasureRecords records = ErasureRecords.ofPack(with, trust);
            erased.addAll(records.digests());
            origins.add(records.origin());
        }
        Ladder ladder = new PackVerifier(trust, erased).verify(pack);
        for (String origin : origins) {
            if (ladder.held() && !origin.equals(ladder.facts().origin())) {
                throw new UsageException("the erasure records are of the ledger " + origin + ", the pack is of "
                        + ladder.facts().origin());
            }
        }
        out.print(arguments.json() ? Answer.json(ladder) + "\n" : Answer.text(pack.toString(), ladder));
        Path key = arguments.cosign();
        return key == null || ladder.exitCode() == FAILED ? ladder.exitCode() : cosign(pack, key, ladder);
    }

    private int cosign(Path pack, Path keyFile, Ladder ladder) throws IOException {
        if (ladder.exitCode() != VERIFIED) {
            err.println("Not cosigned: a witness signs only for a log that its trust file names. Give --trust.");
            return ladder.exitCode();
        }
        NoteSigner signer = WitnessKey.read(keyFile, clock);
        PackHead head = PackHead.of(pack);
        if (!Objects.equals(head.checkpoint().root(), ladder.facts().root())) {
            throw new IOException("the pack changed while it was being verified");
        }
        try {
            SignedNote cosigned = new Witness(signer, keyFile).cosign(head);
            Path target = pack.resolveSibling(pack.getFileName() + ".cosigned.note");
            Files.write(target, cosigned.bytes());
            err.println("Cosigned by " + signer.name() + ": " + target);
            return VERIFIED;
        } catch (Witness.ContradictionException e) {
            err.println("✗ Not cosigned. " + e.getMessage());
            return FAILED;
        }
    }

    private int makeKey(Path file, String name) throws IOException {
        if (Files.exists(file)) {
            throw new UsageException(file + " is there already; a key is never overwritten");
        }
        try {
            NoteSigner signer = WitnessKey.make(file, name, new SecureRandom(), clock);
            out.println("Made " + file + ". Keep it secret. Others know this witness by the line");
            out.println("witness " + name.replaceAll("[^A-Za-z0-9._-]", "-") + " "
                    + signer.verifierKey().vkey());
            return VERIFIED;
        } catch (NoteException e) {
            throw new UsageException("not a name for a witness: " + e.getMessage());
        }
    }

    private int proof(Path file, @Nullable TrustFile trust, Arguments arguments) throws IOException {
        Path recordFile = arguments.record();
        byte[] record = recordFile == null ? null : small(recordFile);
        ProofVerifier.Proven proven = ProofVerifier.verify(small(file), trust, record);
        String what = "place " + proven.index() + " of the ledger " + head(proven.checkpoint());
        String detail = proven.recordMatched()
                ? "The record given is the one that the ledger took in at " + what + "."
                : "The entry stands at " + what + ". No record was compared with it: give --record FILE.";
        return say(arguments, proven.trusted(), detail);
    }

    private int tiles(Path folder, @Nullable TrustFile trust, Arguments arguments) throws IOException {
        TileVerifier.Rebuilt rebuilt = TileVerifier.verify(folder, trust);
        String entries = rebuilt.entries() == 0
                ? " The folder has no entries to compare."
                : " All " + rebuilt.entries() + " entries match their leaves"
                        + (rebuilt.chained() ? ", and each names the one before." : ".");
        return say(
                arguments,
                rebuilt.trusted(),
                "The whole tree was made anew from its leaves, and gives the root of " + head(rebuilt.checkpoint())
                        + "." + entries);
    }

    private int say(Arguments arguments, boolean trusted, String detail) {
        int code = trusted ? VERIFIED : NOT_TRUSTED;
        if (arguments.json()) {
            out.println(simple(code, detail));
        } else {
            out.println("✓ " + Printable.of(detail));
            out.println(
                    trusted
                            ? "Verified under your trust file."
                            : "Consistent with itself; signer not trusted. Give --trust to check who signed.");
        }
        return code;
    }

    private static String head(Checkpoint checkpoint) {
        return checkpoint.origin() + " at size " + checkpoint.size();
    }

    private static String simple(int code, String detail) {
        CanonicalWriter json = new CanonicalWriter();
        json.beginObject();
        json.name("detail").string(detail);
        json.name("exitCode").integer(code);
        json.name("verified").bool(code == VERIFIED).endObject();
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] small(Path file) throws IOException {
        if (Files.size(file) > MAX_SMALL) {
            throw new UsageException(file + " is too large for what it should be");
        }
        return Files.readAllBytes(file);
    }
}
