package io.strongroom.bench;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.ledger.EntryRenderer;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.tree.Rfc9162;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The evidence core by itself, one operation at a time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx512m")
public class CoreBenchmark {
    /** About the size of the documents, in bytes. */
    static final int DOCUMENT_BYTES = 1_000;

    private static final int DOCUMENTS = 256;
    private static final int LEAVES = 1 << 16;

    private final CanonicalJson json = new CanonicalJson();
    private final byte[][] received = new byte[DOCUMENTS][];
    private final byte[][] canonical = new byte[DOCUMENTS][];
    private final EntryRenderer renderer = new EntryRenderer(0, Digest.ZERO);
    private final Frontier frontier = new Frontier();
    private final byte[] leaf = new byte[Digest.BYTES];
    private final RecordId id = RecordId.of(1_790_000_000_000L, new byte[10]);
    private final HashSource tree = new CompleteTree();
    private int next;

    @Setup
    public void documents() {
        Documents documents = new Documents(1, "order-service", DOCUMENT_BYTES, 1_790_000_000_000L);
        for (int i = 0; i < DOCUMENTS; i++) {
            received[i] = documents.next();
            canonical[i] = CanonicalJson.of(received[i]);
        }
    }

    /** Documents as producers write them: members in any order. */
    @Benchmark
    public int canonicaliseReceived() {
        byte[] document = received[next++ & DOCUMENTS - 1];
        return json.run(document, 0, document.length);
    }

    /** Documents that are canonical already, as a verifier reads them. */
    @Benchmark
    public int canonicaliseCanonical() {
        byte[] document = canonical[next++ & DOCUMENTS - 1];
        return json.run(document, 0, document.length);
    }

    /** An entry rendered and its leaf hashed, along the chain. */
    @Benchmark
    public long leafHash() {
        return renderer.render(
                1_790_000_000_000L, id, Digest.ZERO, Digest.ZERO, "audit-7y", "order-service", 4711, "audit.security");
    }

    @Benchmark
    public long treeAppend() {
        leaf[0]++;
        frontier.append(leaf, 0);
        return frontier.size();
    }

    @Benchmark
    public InclusionProof inclusionProof() {
        return InclusionProof.of(tree, (next++ * 7919L) & LEAVES - 1, LEAVES);
    }

    /** All hashes of a complete tree in memory. */
    private static final class CompleteTree implements HashSource {
        private final List<Digest[]> levels = new ArrayList<>();

        CompleteTree() {
            SplittableRandom random = new SplittableRandom(7);
            Digest[] level = new Digest[LEAVES];
            byte[] bytes = new byte[Digest.BYTES];
            for (int i = 0; i < LEAVES; i++) {
                random.nextBytes(bytes);
                level[i] = Digest.ofBytes(bytes);
            }
            levels.add(level);
            while (level.length > 1) {
                Digest[] above = new Digest[level.length / 2];
                for (int i = 0; i < above.length; i++) {
                    above[i] = Rfc9162.node(level[2 * i], level[2 * i + 1]);
                }
                levels.add(above);
                level = above;
            }
        }

        @Override
        public Digest hash(int level, long index) {
            return levels.get(level)[(int) index];
        }
    }
}
