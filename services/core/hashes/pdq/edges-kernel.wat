;; Where luma changes most across lines, how many such places each line has up to each place of it, and its longest run of them.
;; Places come one after the other; the lines at one place lie side by side, 16 of them in a vector.
(module
  (memory (export "memory") 2)

  ;; `places` rows of `lines` bytes of luma at `luma`. Places are edges where luma on either side differs by `least` or more, and by
  ;; no less than up to three lines off; the line after one is one, too. The first two and the last two lines have none.
  ;; `steps` and `marks` have room for lines+48 bytes, and zeros in the 16 before the first.
  ;; `sums`: of each place and one more, lines+1 (of which `width` are written, a multiple of 16) counts of 2 bytes, the first row zeros.
  ;; `runs`: rows of `width` values of 2 bytes, zeros at first: the run so far, where it began, the best run, where it begins and ends.
  ;; A run gains 5 by a place that is an edge and loses 4 by one that is none.
  (func (export "readEdges") (param $luma i32) (param $lines i32) (param $places i32) (param $least i32)
      (param $steps i32) (param $marks i32) (param $sums i32) (param $runs i32) (param $width i32)
    (local $place i32)
    (loop $each
      (call $markEdges (local.get $luma) (local.get $lines) (local.get $least) (local.get $steps) (local.get $marks))
      (local.set $place (i32.add (local.get $place) (i32.const 1)))
      (call $count (local.get $marks) (local.get $sums) (local.get $width))
      (call $rate (local.get $marks) (local.get $runs) (local.get $width) (local.get $place))
      (local.set $luma (i32.add (local.get $luma) (local.get $lines)))
      (local.set $sums (i32.add (local.get $sums) (i32.shl (local.get $width) (i32.const 1))))
      (br_if $each (i32.lt_u (local.get $place) (local.get $places)))))

  (func $markEdges (param $luma i32) (param $lines i32) (param $least i32) (param $steps i32) (param $marks i32)
    (local $at i32) (local $before v128) (local $after v128) (local $step v128) (local $from i32)
    (loop $each
      (local.set $from (i32.add (local.get $luma) (local.get $at)))
      (local.set $before (v128.load (i32.sub (local.get $from) (i32.const 1))))
      (local.set $after (v128.load offset=1 (local.get $from)))
      (v128.store (i32.add (local.get $steps) (local.get $at)) (i8x16.sub
        (i8x16.max_u (local.get $before) (local.get $after))
        (i8x16.min_u (local.get $before) (local.get $after))))
      (br_if $each (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $lines))))
    (i32.store8 (local.get $steps) (i32.const 0))
    (v128.store offset=0 (i32.sub (i32.add (local.get $steps) (local.get $lines)) (i32.const 1)) (v128.const i64x2 0 0))
    (local.set $at (i32.const 0))
    (loop $each
      (local.set $from (i32.add (local.get $steps) (local.get $at)))
      (local.set $step (v128.load (local.get $from)))
      (v128.store (i32.add (local.get $marks) (local.get $at)) (v128.and
        (i8x16.ge_u (local.get $step) (i8x16.splat (local.get $least)))
        (i8x16.ge_u (local.get $step) (i8x16.max_u
          (i8x16.max_u
            (i8x16.max_u (v128.load (i32.sub (local.get $from) (i32.const 3))) (v128.load (i32.sub (local.get $from) (i32.const 2))))
            (v128.load (i32.sub (local.get $from) (i32.const 1))))
          (i8x16.max_u
            (i8x16.max_u (v128.load offset=1 (local.get $from)) (v128.load offset=2 (local.get $from)))
            (v128.load offset=3 (local.get $from)))))))
      (br_if $each (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $lines))))
    (i32.store16 (local.get $marks) (i32.const 0))
    (v128.store (i32.sub (i32.add (local.get $marks) (local.get $lines)) (i32.const 2)) (v128.const i64x2 0 0)))

  ;; 16 lines from `marks`, of which each is marked that is an edge, or comes after one.
  (func $edges (param $marks i32) (result v128)
    (v128.or (v128.load (local.get $marks)) (v128.load (i32.sub (local.get $marks) (i32.const 1)))))

  (func $count (param $marks i32) (param $sums i32) (param $width i32)
    (local $end i32) (local $row i32) (local $edges v128)
    (local.set $row (i32.shl (local.get $width) (i32.const 1)))
    (local.set $end (i32.add (local.get $marks) (local.get $width)))
    (loop $each
      (local.set $edges (call $edges (local.get $marks)))
      ;; Marks are -1.
      (v128.store (i32.add (local.get $sums) (local.get $row)) (i16x8.sub
        (v128.load (local.get $sums)) (i16x8.extend_low_i8x16_s (local.get $edges))))
      (v128.store offset=16 (i32.add (local.get $sums) (local.get $row)) (i16x8.sub
        (v128.load offset=16 (local.get $sums)) (i16x8.extend_high_i8x16_s (local.get $edges))))
      (local.set $sums (i32.add (local.get $sums) (i32.const 32)))
      (br_if $each (i32.lt_u (local.tee $marks (i32.add (local.get $marks) (i32.const 16))) (local.get $end)))))

  (func $rate (param $marks i32) (param $runs i32) (param $width i32) (param $place i32)
    (local $end i32) (local $row i32) (local $edges v128)
    (local.set $row (i32.shl (local.get $width) (i32.const 1)))
    (local.set $end (i32.add (local.get $marks) (local.get $width)))
    (loop $each
      (local.set $edges (call $edges (local.get $marks)))
      (call $rateEight (i16x8.extend_low_i8x16_s (local.get $edges)) (local.get $runs) (local.get $row) (local.get $place))
      (call $rateEight (i16x8.extend_high_i8x16_s (local.get $edges)) (i32.add (local.get $runs) (i32.const 16))
        (local.get $row) (local.get $place))
      (local.set $runs (i32.add (local.get $runs) (i32.const 32)))
      (br_if $each (i32.lt_u (local.tee $marks (i32.add (local.get $marks) (i32.const 16))) (local.get $end)))))

  (func $rateEight (param $edges v128) (param $runAt i32) (param $row i32) (param $place i32)
    (local $begunAt i32) (local $bestAt i32) (local $fromAt i32) (local $toAt i32)
    (local $run v128) (local $here v128) (local $isBest v128) (local $begun v128)
    (local.set $begunAt (i32.add (local.get $runAt) (local.get $row)))
    (local.set $bestAt (i32.add (local.get $begunAt) (local.get $row)))
    (local.set $fromAt (i32.add (local.get $bestAt) (local.get $row)))
    (local.set $toAt (i32.add (local.get $fromAt) (local.get $row)))
    (local.set $here (i16x8.splat (local.get $place)))
    (local.set $run (i16x8.add (v128.load (local.get $runAt))
      (v128.bitselect (i16x8.splat (i32.const 5)) (i16x8.splat (i32.const -4)) (local.get $edges))))
    (local.set $isBest (i16x8.gt_s (local.get $run) (v128.load (local.get $bestAt))))
    (local.set $begun (v128.load (local.get $begunAt)))
    (v128.store (local.get $bestAt) (i16x8.max_s (local.get $run) (v128.load (local.get $bestAt))))
    (v128.store (local.get $fromAt) (v128.bitselect (local.get $begun) (v128.load (local.get $fromAt)) (local.get $isBest)))
    (v128.store (local.get $toAt) (v128.bitselect (local.get $here) (v128.load (local.get $toAt)) (local.get $isBest)))
    (v128.store (local.get $begunAt) (v128.bitselect (local.get $begun) (local.get $here)
      (i16x8.gt_s (local.get $run) (v128.const i64x2 0 0))))
    (v128.store (local.get $runAt) (i16x8.max_s (local.get $run) (v128.const i64x2 0 0))))
)
