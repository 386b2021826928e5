package io.strongroom.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyUnderTest {
    @TempDir
    private Path folder;

    private Settings under(String own, Map<String, String> policy) throws IOException {
        Path file = folder.resolve("agent.yml");
        Files.writeString(file, own);
        return Settings.read(file).under(policy);
    }

    @Test
    void policySaysWhatTheFileDoesNotName() throws IOException {
        Settings settings = under(
                "tenant: acme\n",
                Map.of(
                        "collect.journal.enabled", "true",
                        "collect.logs.every-seconds", "7",
                        "collect.logs.lines-per-second", "50"));

        assertThat(settings.flag(Setting.JOURNAL)).isTrue();
        assertThat(settings.number(Setting.LOGS_EVERY_SECONDS)).isEqualTo(7);
        assertThat(settings.number(Setting.LOGS_PER_SECOND)).isEqualTo(50);
        assertThat(settings.text(Setting.TENANT)).isEqualTo("acme");
    }

    @Test
    void ofWhatBothNameHoldsWhatTakesLess() throws IOException {
        String own = """
                collect.health.enabled: false
                collect.journal.enabled: true
                collect.logs.every-seconds: 60
                collect.crashes.every-seconds: 5
                collect.logs.lines-per-second: 10
                collect.journal.lines-per-second: 900
                """;
        Settings settings = under(
                own,
                Map.of(
                        "collect.health.enabled", "true",
                        "collect.journal.enabled", "false",
                        "collect.logs.every-seconds", "7",
                        "collect.crashes.every-seconds", "30",
                        "collect.logs.lines-per-second", "50",
                        "collect.journal.lines-per-second", "50"));

        assertThat(settings.flag(Setting.HEALTH)).isFalse();
        assertThat(settings.flag(Setting.JOURNAL)).isFalse();
        assertThat(settings.number(Setting.LOGS_EVERY_SECONDS)).isEqualTo(60);
        assertThat(settings.number(Setting.CRASHES_EVERY_SECONDS)).isEqualTo(30);
        assertThat(settings.number(Setting.LOGS_PER_SECOND)).isEqualTo(10);
        assertThat(settings.number(Setting.JOURNAL_PER_SECOND)).isEqualTo(50);
    }

    @Test
    void policyNamesNeitherFilesNorProgramsAndWhatCannotBeUsedIsPassedOver() throws IOException {
        Settings settings = under(
                "",
                Map.of(
                        "collect.journal.command", "/tmp/evil",
                        "collect.logs.files", "/etc/shadow",
                        "collect.crashes.folder", "/root",
                        "tenant", "other",
                        "limits.cpu-percent", "100",
                        "collect.later.enabled", "true",
                        "collect.health.every-seconds", "0",
                        "collect.health.enabled", "perhaps"));

        for (Setting setting : Setting.values()) {
            assertThat(settings.text(setting)).isEqualTo(setting.standard());
        }
    }
}
