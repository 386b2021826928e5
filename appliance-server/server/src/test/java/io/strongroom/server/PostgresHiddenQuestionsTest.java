package io.strongroom.server;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresHiddenQuestionsTest extends HiddenQuestionsContract {
    PostgresHiddenQuestionsTest(@TempDir Path folder) {
        super(folder, "--postgres");
    }
}
