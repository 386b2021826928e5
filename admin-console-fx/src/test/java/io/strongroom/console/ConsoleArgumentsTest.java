package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.console.connection.Appliance;
import io.strongroom.console.look.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleArgumentsTest {
    private static final String PRINT = "sha256:" + "ab".repeat(32);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path data;

    private static Console.Arguments parse(String... arguments) {
        return Console.Arguments.parse(List.of(arguments));
    }

    @Test
    void anApplianceIsNamedByAddressAndFingerprint() {
        Console.Arguments all = parse(
                "--time",
                "--url",
                "https://a.example:8443",
                "--fingerprint",
                PRINT,
                "--officer",
                "ann",
                "--theme",
                "dark");
        assertThat(all)
                .isEqualTo(new Console.Arguments(
                        Appliance.parse("https://a.example:8443", PRINT), "ann", Look.Theme.DARK, true));
        assertThatThrownBy(() -> parse("--url", "https://a.example"))
                .hasMessageContaining("--fingerprint belong together");
        assertThatThrownBy(() -> parse("--theme", "blue")).hasMessageContaining("light, dark or system, not blue");
        assertThatThrownBy(() -> parse("--officer")).hasMessageContaining("not understood: --officer");
    }

    @Test
    void theApplianceOfThisMachineIsFoundByItsData() throws IOException {
        assertThatThrownBy(() -> parse("--data", data.toString())).hasMessageContaining("strongroom up --data");
        Path notice = Files.createDirectories(data.resolve("run")).resolve("ready.json");
        Files.writeString(notice, "{\"url\":\"https://127.0.0.1:9\",\"fingerprint\":\"" + PRINT + "\",\"pid\":1}");
        assertThat(parse("--data", data.toString()).appliance())
                .isEqualTo(Appliance.parse("https://127.0.0.1:9", PRINT));
        assertThatThrownBy(() -> parse("--data", data.toString(), "--url", "https://a.example", "--fingerprint", PRINT))
                .hasMessageContaining("two appliances");
        Files.writeString(notice, "{\"url\":");
        assertThatThrownBy(() -> parse("--data", data.toString())).hasMessageContaining("Name it by --url");
    }
}
