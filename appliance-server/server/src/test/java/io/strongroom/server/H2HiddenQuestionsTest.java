package io.strongroom.server;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2HiddenQuestionsTest extends HiddenQuestionsContract {
    H2HiddenQuestionsTest(@TempDir Path folder) {
        super(folder);
    }
}
