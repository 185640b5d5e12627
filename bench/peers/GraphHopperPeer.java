// SPDX-License-Identifier: MIT
// GraphHopper on the bench's extract and drives: GraphHopperPeer EXTRACT DRIVES FOLDER [ROUTES]. Prints one line
// of JSON; times are this thread's CPU. With ROUTES each drive is matched once and its route written there, as
// python_peer.py does.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.graphhopper.GraphHopper;
import com.graphhopper.config.Profile;
import com.graphhopper.matching.EdgeMatch;
import com.graphhopper.matching.MapMatching;
import com.graphhopper.matching.Observation;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.FetchMode;
import com.graphhopper.util.GHUtility;
import com.graphhopper.util.PMap;
import com.graphhopper.util.PointList;
import com.graphhopper.util.shapes.GHPoint;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

public class GraphHopperPeer {
  static final int ROUNDS = 7;
  static final int WARM_UP = 10;

  public static void main(String[] args) throws Exception {
    GraphHopper hopper = new GraphHopper();
    hopper.setOSMFile(args[0]);
    hopper.setGraphHopperLocation(args[2]);
    hopper.setEncodedValuesString("car_access, car_average_speed, osm_way_id");
    hopper.setProfiles(new Profile("car").setCustomModel(GHUtility.loadCustomModelFromJar("car.json")));
    long begin = System.nanoTime();
    hopper.importOrLoad();
    double build = (System.nanoTime() - begin) / 1e9;
    long bytes = 0;
    for (File f : new File(args[2]).listFiles()) bytes += f.length();
    JsonNode drives = new ObjectMapper().readTree(new File(args[1]));
    StringBuilder rates = new StringBuilder();
    StringBuilder routes = new StringBuilder();
    for (Map.Entry<String, JsonNode> drive : drives.properties()) {
      List<Observation> fixes = new ArrayList<>();
      for (JsonNode fix : drive.getValue()) {
        fixes.add(new Observation(new GHPoint(fix.get(1).asDouble(), fix.get(2).asDouble())));
      }
      if (args.length > 3) {
        routes.append(routes.length() == 0 ? "" : ",").append(route(hopper, drive.getKey(), fixes));
      } else {
        rates.append(rates.length() == 0 ? "" : ", ").append(measure(hopper, drive.getKey(), fixes));
      }
    }
    if (args.length > 3) Files.writeString(Path.of(args[3]), "{" + routes + "}");
    System.out.printf("{\"build_s\": %.3f, \"bytes\": %d, \"peak_mib\": %.0f, \"rates\": {%s}}%n",
        build, bytes, peakMib(), rates);
  }

  static MapMatching matching(GraphHopper hopper) {
    MapMatching matching = MapMatching.fromGraphHopper(hopper, new PMap(Map.of("profile", "car")));
    matching.setMeasurementErrorSigma(10);
    return matching;
  }

  static String route(GraphHopper hopper, String name, List<Observation> fixes) {
    List<String> pieces = new ArrayList<>();
    try {
      for (EdgeMatch match : matching(hopper).match(fixes).getEdgeMatches()) {
        EdgeIteratorState edge = match.getEdgeState();
        int way = edge.get(hopper.getEncodingManager().getIntEncodedValue("osm_way_id"));
        PointList line = edge.fetchWayGeometry(FetchMode.ALL);
        int last = line.size() - 1;
        pieces.add(String.format("[%d,%.7f,%.7f,%.7f,%.7f]", way, line.getLat(0), line.getLon(0),
            line.getLat(last), line.getLon(last)));
      }
    } catch (IllegalArgumentException broken) { // the sequence is broken: it gives no route at all
      pieces.clear();
    }
    return "\"" + name + "\":[" + String.join(",", pieces) + "]";
  }

  static String measure(GraphHopper hopper, String interval, List<Observation> fixes) {
    List<Double> times = new ArrayList<>();
    int kept = 0;
    for (int i = 0; i < ROUNDS + WARM_UP; i++) {
      long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      MapMatching matching = matching(hopper);
      kept = matching.match(fixes).getEdgeMatches().size();
      if (i >= WARM_UP) times.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e9);
    }
    double[] sorted = times.stream().mapToDouble(t -> t).sorted().toArray();
    return String.format("\"%s\": {\"fixes_per_s\": %.0f, \"edges\": %d}", interval, fixes.size() / sorted[ROUNDS / 2], kept);
  }

  static double peakMib() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) return Long.parseLong(Arrays.asList(line.split("\\s+")).get(1)) / 1024.0;
    }
    return 0;
  }
}
