@org.jspecify.annotations.NullMarked
package io.strongroom.server.mqtt;
