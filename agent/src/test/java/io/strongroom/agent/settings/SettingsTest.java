package io.strongroom.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    @TempDir
    private Path folder;

    private Settings read(String yaml) throws IOException {
        Path file = folder.resolve("agent.yml");
        Files.writeString(file, yaml);
        return Settings.read(file);
    }

    @Test
    void whatIsNotSetIsStandard() {
        Settings settings = Settings.read(folder.resolve("none.yml"));

        assertThat(settings.text(Setting.TENANT)).isEqualTo("local");
        assertThat(settings.flag(Setting.JOURNAL)).isFalse();
        assertThat(settings.list(Setting.LOGS_FILES)).contains("/var/log/auth.log");
    }

    @Test
    void keysMayBeNestedAndListsBeLists() throws IOException {
        Settings settings = read("""
                tenant: acme
                collect:
                  logs:
                    files: [/a.log, /b.log]
                    every-seconds: 7
                collect.health.enabled: false
                """);

        assertThat(settings.text(Setting.TENANT)).isEqualTo("acme");
        assertThat(settings.list(Setting.LOGS_FILES)).containsExactly("/a.log", "/b.log");
        assertThat(settings.seconds(Setting.LOGS_EVERY_SECONDS)).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.flag(Setting.HEALTH)).isFalse();
    }

    @Test
    void anUnknownKeyIsRefusedWithTheOneThatWasMeant() {
        assertThatThrownBy(() -> read("collect.logs.file: /a.log"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("collect.logs.file”")
                .hasMessageContaining("“collect.logs.files”");
    }

    @Test
    void whatCannotBeUsedIsToldAtTheStart() {
        for (String bad : new String[] {
            "tenant: [",
            "tenant: {}\nqueue: 7",
            "queue.most-mib: none",
            "queue.most-mib: 0",
            "collect.logs.enabled: maybe",
            "collect.logs.begin: middle",
            "tenant: a\ntenant: b",
            "collect.logs.files: [[a]]"
        }) {
            assertThatThrownBy(() -> read(bad)).as(bad).isInstanceOf(SettingsException.class);
        }
    }
}
