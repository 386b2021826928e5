package io.strongroom.server.policy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresCommentsTest extends CommentsContract {
    PostgresCommentsTest(@TempDir Path folder) {
        super(folder, "--postgres");
    }
}
