/** The embedded broker: devices' MQTT, of which what matters passes the broker by (design §5). */
@NullMarked
package io.strongroom.server.mqtt;

import org.jspecify.annotations.NullMarked;
