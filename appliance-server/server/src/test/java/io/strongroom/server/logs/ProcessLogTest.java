package io.strongroom.server.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

class ProcessLogTest {
    private static final int BYTES = 4_000;
    private static final int FILES = 3;

    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("test");

    @TempDir
    private Path folder;

    private Path log;

    @BeforeEach
    void name() {
        context.setMDCAdapter(MDC.getMDCAdapter());
        log = folder.resolve("ours (d)").resolve("server.log");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void start() throws IOException {
        ProcessLog.set(context, LogFormat.TEXT, Level.INFO, Optional.of(new LogFile(log, BYTES, FILES)));
    }

    @Test
    void howeverMuchIsLoggedInOneRunTheFilesStayFewAndShortAndTheNewestLinesAreThere() throws IOException {
        start();
        for (int i = 0; i < 1_000; i++) {
            logger.info("line {}", i);
        }
        List<Path> files = List.of(log.resolveSibling("server.log.2"), log.resolveSibling("server.log.1"), log);
        List<String> lines = new ArrayList<>();
        for (Path file : files) {
            assertThat(Files.size(file)).as(file.toString()).isPositive().isLessThan(BYTES + 100);
            lines.addAll(Files.readAllLines(file));
        }
        assertThat(lines).hasSizeGreaterThan(FILES * BYTES / 100);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).endsWith(" line " + (1_000 - lines.size() + i));
        }
        try (Stream<Path> there = Files.list(log.getParent())) {
            assertThat(there).containsExactlyInAnyOrderElementsOf(files);
        }
    }

    @Test
    void anotherStartGoesOnInTheSameFile() throws IOException {
        start();
        logger.info("the first");
        start();
        logger.info("the second");
        assertThat(Files.readAllLines(log)).hasSize(2);
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidAndTheLogGoesOnWhereItWent() throws IOException {
        start();
        Path wrong = folder.resolve("a-file/server.log");
        Files.createFile(wrong.getParent());
        assertThatThrownBy(() -> ProcessLog.set(
                        context, LogFormat.TEXT, Level.INFO, Optional.of(new LogFile(wrong, BYTES, FILES))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(wrong.toString());
        logger.info("still here");
        assertThat(log).content().contains("still here");
    }
}
