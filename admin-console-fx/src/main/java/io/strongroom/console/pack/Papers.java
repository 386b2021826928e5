package io.strongroom.console.pack;

import io.strongroom.evidence.pack.verify.PackPolicy;
import io.strongroom.evidence.pack.verify.PackStatement;
import io.strongroom.evidence.pack.verify.PackWithheld;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** What a pack that holds tells beside its records. */
record Papers(PackStatement statement, List<PackPolicy> policies, PackWithheld withheld, PackFileDigest file) {
    static Papers read(Path pack, @Nullable TrustFile trust, DoubleConsumer progress) throws IOException {
        PackStatement statement = PackStatement.of(pack, trust);
        List<PackPolicy> policies = PackPolicy.of(pack, trust);
        PackWithheld withheld = PackWithheld.of(pack);
        return new Papers(statement, policies, withheld, PackFileDigest.of(pack, progress));
    }
}
