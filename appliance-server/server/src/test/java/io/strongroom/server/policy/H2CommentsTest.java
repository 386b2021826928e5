package io.strongroom.server.policy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2CommentsTest extends CommentsContract {
    H2CommentsTest(@TempDir Path folder) {
        super(folder);
    }
}
