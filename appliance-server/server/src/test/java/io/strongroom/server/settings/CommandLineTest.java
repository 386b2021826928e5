package io.strongroom.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    Path data;

    @Test
    void theCommandLineOutranksTheEnvironmentAndTheEnvironmentTheFile() throws IOException {
        Files.writeString(data.resolve("strongroom.yml"), "tenant: file\nserver:\n  port: 1\n  host: file\n");
        CommandLine line =
                parse(Map.of("STRONGROOM_SERVER_HOST", "variable", "STRONGROOM_SERVER_PORT", "2"), "--port", "3");
        assertThat(line.settings().text(Setting.TENANT)).isEqualTo("file");
        assertThat(line.settings().text(Setting.SERVER_HOST)).isEqualTo("variable");
        assertThat(line.settings().text(Setting.SERVER_PORT)).isEqualTo("3");
    }

    @Test
    void anUnknownKeyRefusesTheStartAndNamesTheNearest() throws IOException {
        Files.writeString(data.resolve("strongroom.yml"), "database:\n  ownr: me\n");
        assertThatThrownBy(() -> parse(Map.of()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("database.ownr")
                .hasMessageContaining("“database.owner”");
    }

    @Test
    void anUnknownOptionRefusesTheStart() {
        assertThatThrownBy(() -> parse(Map.of(), "--prot", "3"))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("--prot");
    }

    @Test
    void aFileThatIsNotYamlRefusesTheStartInOneLine() throws IOException {
        Files.writeString(data.resolve("strongroom.yml"), "tenant: [");
        assertThatThrownBy(() -> parse(Map.of()))
                .isInstanceOf(StartRefusedException.class)
                .satisfies(e ->
                        assertThat(e.getMessage()).contains("strongroom.yml").doesNotContain("\n"));
    }

    @Test
    void aListWhereAPlainValueBelongsRefusesTheStart() throws IOException {
        Files.writeString(data.resolve("strongroom.yml"), "tenant: [a, b]\n");
        assertThatThrownBy(() -> parse(Map.of())).hasMessageContaining("one plain value");
    }

    @Test
    void aNumberOutOfRangeRefusesTheStart() {
        CommandLine line = parse(Map.of(), "--port", "65536");
        assertThatThrownBy(() -> line.settings().number(Setting.SERVER_PORT, 0, 65535))
                .hasMessageContaining("server.port")
                .hasMessageContaining("65535");
    }

    @Test
    void anAddressOfAnotherKindRefusesTheStart() {
        for (String bad : List.of("ftp://host/", "host:4318", "http:///v1/metrics", "http://[")) {
            CommandLine line = parse(Map.of(), "--set", "telemetry.otlp-endpoint=" + bad);
            assertThatThrownBy(() -> line.settings().httpAddress(Setting.TELEMETRY_OTLP_ENDPOINT))
                    .as(bad)
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("telemetry.otlp-endpoint")
                    .hasMessageContaining(bad);
        }
        String good = "https://collector.example:4318/v1/metrics";
        assertThat(parse(Map.of(), "--set", "telemetry.otlp-endpoint=" + good)
                        .settings()
                        .httpAddress(Setting.TELEMETRY_OTLP_ENDPOINT))
                .isEqualTo(good);
    }

    private CommandLine parse(Map<String, String> environment, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--data";
        all[1] = data.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandLine.parse(all, environment);
    }
}
