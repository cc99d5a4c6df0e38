//! The line that leads from step to step, in the column between line numbers and source.
//!
//! Every row of an excerpt draws its part of it, as tall as the row happens to be. Two steps that follow
//! each other and have no other between them are joined straight; any other pair goes through a lane
//! beside the numbers, the shortest one nearest.

/// How many lanes there are beside the numbers. What finds none is not drawn: the numbers still say it.
pub(super) const LANES: usize = 6;

/// A part of the line in one row: the classes that draw it.
pub(super) type Part = String;

/// Draws the line through the rows that have the steps, in their order; gives the parts of each of
/// `rows` rows, and how many lanes are used.
pub(super) fn draw(rows: usize, steps: &[usize]) -> (Vec<Vec<Part>>, usize) {
    let mut parts = vec![Vec::new(); rows];
    let mut ways: Vec<Way> = steps
        .windows(2)
        .filter_map(|pair| match *pair {
            [from, to] if from != to => Some(Way { from, to }),
            _ => None,
        })
        .collect();
    // Short ones first, so that they do not cross long ones.
    ways.sort_by_key(|way| (way.bottom() - way.top(), way.from));
    let mut lanes: Vec<Vec<Way>> = Vec::new();
    for way in ways {
        let between = |step: &&usize| way.top() < **step && **step < way.bottom();
        if steps.iter().find(between).is_none() {
            straight(&mut parts, way);
            continue;
        }
        let free = lanes
            .iter()
            .position(|lane| lane.iter().all(|other| way.is_apart(*other)));
        let lane = free.unwrap_or(lanes.len());
        if lane >= LANES {
            continue;
        }
        match lanes.get_mut(lane) {
            Some(ways) => ways.push(way),
            None => lanes.push(vec![way]),
        }
        around(&mut parts, way, lane + 1);
    }
    (parts, lanes.len())
}

/// From one step's row to the next step's.
#[derive(Copy, Clone)]
struct Way {
    from: usize,
    to: usize,
}

impl Way {
    fn top(self) -> usize {
        self.from.min(self.to)
    }

    fn bottom(self) -> usize {
        self.from.max(self.to)
    }

    fn is_apart(self, other: Way) -> bool {
        self.bottom() < other.top() || other.bottom() < self.top()
    }
}

fn straight(parts: &mut [Vec<Part>], way: Way) {
    let down = way.from < way.to;
    add(parts, way, "pass lane0", |at_top| match (at_top, down) {
        (true, true) => "below lane0".into(),
        (false, true) => "above lane0 arrow".into(),
        (true, false) => "below lane0 arrow".into(),
        (false, false) => "above lane0".into(),
    });
}

fn around(parts: &mut [Vec<Part>], way: Way, lane: usize) {
    let down = way.from < way.to;
    add(parts, way, &format!("pass lane{lane}"), |at_top| {
        let corner = if at_top { "turn-down" } else { "turn-up" };
        // It ends at the top of a way that leads up.
        let end = if at_top == down { "out" } else { "in" };
        format!("{corner} {end} lane{lane}")
    });
}

fn add(parts: &mut [Vec<Part>], way: Way, pass: &str, end: impl Fn(bool) -> Part) {
    for row in way.top()..=way.bottom() {
        let part = match (row == way.top(), row == way.bottom()) {
            (true, _) => end(true),
            (_, true) => end(false),
            _ => pass.to_owned(),
        };
        if let Some(row) = parts.get_mut(row) {
            row.push(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LANES, draw};

    #[test]
    fn neighbours_are_joined_straight() {
        let (parts, lanes) = draw(4, &[0, 2, 3]);
        assert_eq!(lanes, 0);
        assert_eq!(parts[0], ["below lane0"]);
        assert_eq!(parts[1], ["pass lane0"]);
        assert_eq!(parts[2], ["below lane0", "above lane0 arrow"]);
        assert_eq!(parts[3], ["above lane0 arrow"]);
    }

    #[test]
    fn a_way_past_a_step_has_a_lane() {
        // The second step stands above the first, the third below both.
        let (parts, lanes) = draw(3, &[1, 0, 2]);
        assert_eq!(lanes, 1);
        assert_eq!(parts[0], ["below lane0 arrow", "turn-down out lane1"]);
        assert_eq!(parts[1], ["above lane0", "pass lane1"]);
        assert_eq!(parts[2], ["turn-up in lane1"]);
    }

    #[test]
    fn there_is_an_end_to_lanes() {
        let steps: Vec<usize> = (0..40).map(|step| step * 7 % 40).collect();
        let (parts, lanes) = draw(40, &steps);
        assert_eq!((parts.len(), lanes), (40, LANES));
    }
}
