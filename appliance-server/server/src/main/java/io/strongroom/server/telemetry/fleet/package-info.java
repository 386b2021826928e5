/** Numbers of the whole fleet of devices, for Prometheus to scrape and to be pushed by OTLP. */
@NullMarked
package io.strongroom.server.telemetry.fleet;

import org.jspecify.annotations.NullMarked;
