package io.strongroom.server.telemetry.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {
    @ParameterizedTest
    @CsvSource({
        "deb,1.0,<,1.1",
        "deb,1.9,<,1.10",
        "deb,1.0~rc1,<,1.0",
        "deb,1.0~~,<,1.0~",
        "deb,1.0-1,<,1.0-2",
        "deb,1.0-1ubuntu1,>,1.0-1",
        "deb,1:0.5,>,2.0",
        "deb,0:1.0,=,1.0",
        "deb,1.0,<,1.0+b1",
        "deb,1.0a,<,1.0+",
        "deb,3.0.2-0ubuntu1.18,<,3.0.2-0ubuntu1.19",
        "deb,001.0,=,1.0",
        "rpm,1.0-1.el9,<,1.0-2.el9",
        "rpm,1:1.0-1,>,9.9-9",
        "rpm,1.0~rc1-1,<,1.0-1",
        "rpm,1.0^git1-1,>,1.0-1",
        "rpm,2.0a-1,<,2.0.1-1",
        "rpm,1.0.1-1,>,1.0a-1",
        "rpm,5.16.1.3-1,>,5.16.1-1",
        "npm,1.2.3,<,1.10.0",
        "npm,1.0.0-rc.1,<,1.0.0",
        "npm,1.0.0-alpha,<,1.0.0-beta",
        "npm,v1.0.0,=,1.0.0",
        "npm,1.0.0+build5,=,1.0.0",
        "generic,24.001,<,24.002",
        "generic,99999999999999999999999,>,9"
    })
    void theNewerVersionIsTold(String type, String one, String sign, String other) {
        int compared = Versions.of(type).compare(one, other);
        assertThat(compared < 0 ? "<" : compared > 0 ? ">" : "=").isEqualTo(sign);
        assertThat(Integer.signum(Versions.of(type).compare(other, one))).isEqualTo(-Integer.signum(compared));
    }

    @Provide
    Arbitrary<String> version() {
        return Arbitraries.strings().withChars("019a.-~^:+z").ofMaxLength(8);
    }

    @Property(tries = 2000)
    void itIsAnOrder(
            @ForAll Versions versions,
            @ForAll("version") String a,
            @ForAll("version") String b,
            @ForAll("version") String c) {
        assertThat(Integer.signum(versions.compare(a, b))).isEqualTo(-Integer.signum(versions.compare(b, a)));
        List<String> sorted = new ArrayList<>(List.of(a, b, c));
        sorted.sort(versions);
        assertThat(versions.compare(sorted.get(0), sorted.get(2))).isLessThanOrEqualTo(0);
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:deb/debian/bash@5.2-1?arch=amd64,pkg:deb/debian/bash,5.2-1",
        "pkg:deb/debian/vim@2%3A9.0,pkg:deb/debian/vim,2:9.0",
        "pkg:rpm/fedora/curl@8.0-1.fc39?arch=x86_64&epoch=1,pkg:rpm/fedora/curl,1:8.0-1.fc39",
        "pkg:npm/%40angular/core@1.0,pkg:npm/%40angular/core,1.0",
        "pkg:generic/a%20b@1+2,pkg:generic/a%20b,1+2"
    })
    void aPackageUrlHasAnNameAndAVersion(String text, String name, String version) {
        assertThat(Purl.of(text)).get().extracting(Purl::name, Purl::version).containsExactly(name, version);
    }
}
